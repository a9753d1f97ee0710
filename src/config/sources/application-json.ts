import type { Entry } from '../entry.js';
import type { Environment } from '../environment.js';
import type { Fault } from '../fault.js';
import { parseYamlFile } from './yaml-file.js';

/** A whole configuration in one variable. */
export const SPRING_JSON = 'SPRING_APPLICATION_JSON';

/** The keys in `SPRING_APPLICATION_JSON`, nested or dotted. */
export function jsonEntries(environment: Environment): { readonly entries: Entry[]; readonly faults: Fault[] } {
  const text = environment[SPRING_JSON]?.trim();
  if (!text) return { entries: [], faults: [] };
  const where = `variable ${SPRING_JSON}`;
  try {
    JSON.parse(text);
  } catch {
    // What the parser says quotes the text, which may hold secrets.
    return { entries: [], faults: [{ where, problem: 'is not JSON' }] };
  }
  const { documents, faults } = parseYamlFile({ name: SPRING_JSON, text, kind: 'file' });
  const origin = { kind: 'variable', name: SPRING_JSON } as const;
  return {
    entries: documents.flat().map((entry) => ({ ...entry, origin })),
    faults: faults.map(({ problem }) => ({ where, problem })),
  };
}
