import { describe, expect, it } from 'vitest';
import { requireOwnTypes } from './own-types.js';

const handler = (name: string, ...triggerTypes: string[]) => ({ options: { name }, instance: { triggerTypes } });

describe('a type of triggers', () => {
  it('belongs to one handler', () => {
    expect(() => requireOwnTypes([handler('a', 'x', 'y'), handler('b', 'z')])).not.toThrow();
  });

  it('that two handlers read stops the boot, saying which', () => {
    expect(() => requireOwnTypes([handler('a', 'x', 'y'), handler('b', 'z', 'y')])).toThrow(
      "The trigger handlers 'a' and 'b' both read triggers of type 'y': take it from one of them.",
    );
  });
});
