import { httpConfig } from '../platform/http/http.config.js';
import type { Setting } from '../platform/settings/index.js';
import { whereOf } from './entry.js';
import { redacted } from './redact.js';
import type { Interpretation } from './source.js';

function profileNotices({ choice, reader }: Interpretation, operatorFiles: readonly string[]): string[] {
  if (choice.kind === 'first-look') {
    return [
      "NEST_PROFILE is not set and no configuration was found: running 'standalone', every role in one process over a " +
        'simulated orca. Put your own configuration into ./config or name it in ECHO_CONFIG_PATH.',
    ];
  }
  if (choice.kind !== 'packaged') return [];
  const switches = ['scheduler.enabled', 'scheduler.pipelineConfigsPoller.enabled'].flatMap((key) => {
    const found = reader.textAt(key);
    return found ? [`${key} is ${found.text} (${whereOf(found.origin)})`] : [];
  });
  const found = operatorFiles.length > 0 ? operatorFiles.join(', ') : 'ECHO_CONFIG_PATH or the environment';
  return [
    `NEST_PROFILE is not set: running 'echo' as it was always packaged, since there is configuration in ${found}: ` +
      `${switches.join(', ')}.`,
  ];
}

/** A variable of the machine is easily forgotten, and then every call seems to fail without a reason. */
function proxyNotices({ values }: Interpretation): string[] {
  const valueOf = <T>(setting: Setting<T>): T => (values.get(setting)?.value ?? setting.default) as T;
  const proxies = [httpConfig.httpsProxy, httpConfig.httpProxy].flatMap((setting) => {
    const address = valueOf(setting);
    const scheme = setting === httpConfig.httpsProxy ? 'https' : 'http';
    return address === '' ? [] : `${scheme} through ${redacted(address, setting.key, false)}`;
  });
  if (proxies.length === 0) return [];
  const direct = ['this machine', ...valueOf(httpConfig.noProxy)].join(', ');
  return [`Outgoing calls use a proxy: ${proxies.join(', ')}. Called directly: ${direct}.`];
}

/** What was decided for the operator, one line each. */
export function noticesOf(interpretation: Interpretation, operatorFiles: readonly string[]): string[] {
  return [...profileNotices(interpretation, operatorFiles), ...proxyNotices(interpretation)];
}
