import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrigger } from '../pipelines/index.js';
import { ignoringCase, keyOf, lookUpKey } from './trigger-key.js';

const triggerWith = (members: object) => readTrigger({ type: 'git', enabled: true, ...members });

describe('the look-up key of a trigger', () => {
  it('is that of an event with the same values', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (account, repository) => {
        expect(keyOf(triggerWith({ account, repository }), ['account', 'repository'])).toEqual({
          kind: 'key',
          key: lookUpKey(account, repository),
        });
      }),
    );
  });

  it('is never that of an event that lacks a value', () => {
    expect(keyOf(triggerWith({ account: '' }), ['account'])).not.toEqual({ kind: 'key', key: lookUpKey(undefined) });
  });

  it('names the members without which a trigger can never match', () => {
    expect(ignoringCase(keyOf(triggerWith({ slug: 's', source: null }), ['source', 'project', 'slug']))).toEqual({
      kind: 'incomplete',
      missing: ['source', 'project'],
    });
  });

  it('may be one for upper and lower case', () => {
    const key = ignoringCase(keyOf(triggerWith({ project: 'Org', slug: 'Repo' }), ['project', 'slug']));

    expect(key).toEqual({ kind: 'key', key: lookUpKey('ORG', 'REPO').toLowerCase() });
  });
});
