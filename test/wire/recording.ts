import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from './json.js';

export type PeerName = 'front50' | 'orca' | 'igor' | 'keel' | 'smtp' | 'any';

/** What goes wrong at a peer: the first `times` requests whose path matches `url` get this instead of an answer. */
export interface Fault {
  readonly peer: PeerName;
  readonly url: string;
  readonly times: number;
  readonly status?: number;
  readonly type?: string;
  readonly body?: Json;
  readonly reset?: boolean;
}

/** One request to the service: POST unless said otherwise; `body` goes as JSON, `raw` as it stands. */
export interface Step {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly raw?: string;
  /** Milliseconds to wait after the answer. */
  readonly wait?: number;
}

export interface Answer {
  readonly status: number;
  /** The JSON of the answer, else its text; empty text for an empty answer. */
  readonly body: Json;
}

/** One request that the service made. A mail is a request too: method `MAIL`, the envelope's sender as its url. */
export interface SentRequest {
  readonly peer: PeerName;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** One case: what the original service answered and sent when these steps were played to it. */
export interface Recording {
  readonly name: string;
  readonly pipelines?: readonly JsonObject[];
  readonly faults?: readonly Fault[];
  readonly steps: readonly Step[];
  readonly responses: readonly Answer[];
  readonly sent: readonly SentRequest[];
  /** Set where this service differs on purpose: what differs, in words. */
  readonly differs?: string;
}

/** The cases of every `*.jsonl` in the folder, one a line, by file. */
export function loadRecordings(folder: string): ReadonlyMap<string, readonly Recording[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
  return new Map(files.sort().map((file) => [file, linesOf(join(folder, file)).map((line) => JSON.parse(line))]));
}

/** The lines of a text file that say something. */
export function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}
