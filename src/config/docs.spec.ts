import { describe, expect, it } from 'vitest';
import { setting } from '../platform/settings/index.js';
import { renderConfigurationDoc } from './docs.js';

describe('docs/configuration.md', () => {
  it('has one table for each first segment, with key, type, default, marks and description', () => {
    const text = renderConfigurationDoc(
      [
        setting.flag('orca.enabled', { default: true, dynamic: true, description: 'Starts pipelines.' }),
        setting.text('orca.token', { secret: true, description: 'One|two.' }),
        setting.count('cache.size', { default: 4, defaultName: 'number of CPUs', description: 'Size.' }),
      ],
      new Map([['orca.enabled', '${services.orca.enabled:true}']]),
    );

    expect(text.slice(text.indexOf('## '))).toBe(
      [
        '## orca',
        '',
        '| key | type | default | | what it does |',
        '|---|---|---|---|---|',
        '| `orca.enabled` | true or false | `${services.orca.enabled:true}` | *live* | Starts pipelines. |',
        '| `orca.token` | text |  | *secret* | One\\|two. |',
        '',
        '## cache',
        '',
        '| key | type | default | | what it does |',
        '|---|---|---|---|---|',
        '| `cache.size` | whole number ≥ 0 | `number of CPUs` |  | Size. |',
        '',
      ].join('\n'),
    );
  });

  it('covers all settings unless given some', () => {
    expect(renderConfigurationDoc()).toContain('| `server.port` |');
  });
});
