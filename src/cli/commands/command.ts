import type { Environment } from '../../config/index.js';
import type { JsonValue } from '../../platform/json/index.js';
import type { EchoApi } from './echo-api.js';

/** Where a command runs. */
export interface Surroundings {
  readonly env: Environment;
  readonly cwd: string;
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** A running Echo, and how to be let in. */
export interface OtherEcho {
  readonly url: string;
  readonly token: string | undefined;
}

/** What was written behind the command's name. */
export interface Given {
  readonly words: readonly string[];
  /** Values of options by name; `undefined` where one was not given. */
  readonly options: Readonly<Record<string, string | undefined>>;
  readonly flags: ReadonlySet<string>;
  readonly surroundings: Surroundings;
  /** The running Echo that `--url` names, or another one. */
  readonly api: (other?: OtherEcho) => Promise<EchoApi>;
}

/** What a command found: `data` is shown with --json, `text` without. */
export interface Finding {
  readonly text: string;
  readonly data: JsonValue;
  /** 0 all is well, 1 it is not; 2, for what cannot be used, is thrown as an error. */
  readonly code?: 0 | 1;
}

export interface Command {
  readonly name: string;
  /** What follows the name, as the help shows it. */
  readonly usage: string;
  readonly summary: string;
  /** Its options that take a value, and those that don't: what each means, by name. */
  readonly options?: Readonly<Record<string, string>>;
  readonly flags?: Readonly<Record<string, string>>;
  /** Whether it does its work on this machine alone, and asks no Echo. */
  readonly alone?: true;
  /** How many words it needs, and how many it can take. */
  readonly words: readonly [min: number, max: number];
  /** Throws an `EchoError` where it cannot do what was asked. */
  run(given: Given): Promise<Finding>;
}
