import { EchoError } from '../platform/errors/index.js';

/** One thing that keeps a configuration from being used, in words for the person who can mend it. */
export interface Fault {
  /** `config/echo.yml:4`, `variable ORCA_BASEURL` … */
  readonly where: string;
  /** The key, where the fault is about one. */
  readonly key?: string;
  readonly problem: string;
  /** The value lies in a secret store that was not opened: only a boot can tell. */
  readonly unopened?: true;
}

/** A fault on one line: `config/echo.yml:4: orca.baseUrl: got 'orca:8083', valid: absolute http or https URL`. */
export function faultText({ where, key, problem }: Fault): string {
  return [where, key, problem].filter((part) => part !== undefined).join(': ');
}

function listOf(faults: readonly Fault[]): string {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  return [`The configuration has ${count}:`, ...faults.map((fault) => `  - ${faultText(fault)}`)].join('\n');
}

/** Echo cannot start with this configuration; the message lists all its faults, one a line. */
export class ConfigurationError extends EchoError {
  /** @param warnings what is probably not meant besides, one line each */
  constructor(
    readonly faults: readonly Fault[],
    readonly warnings: readonly string[] = [],
  ) {
    super(listOf(faults), { code: 'invalid-configuration' });
  }
}
