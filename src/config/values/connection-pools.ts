import type { Entry } from '../entry.js';
import { readTruth } from '../../platform/settings/index.js';
import { Merged } from './merged.js';

const POOLS = 'sql.connectionpools.';
const POOL = ['sql', 'connectionPool'];
const MARK = 'default';

/** The pool that is marked as the default one, else the one of that name, else the only one. */
function chosenPool(entries: readonly Entry[]): string | undefined {
  const names = [...new Set(entries.map(({ path }) => path.slice(POOLS.length).split('.', 1)[0] ?? ''))];
  const marked = entries.find(
    ({ path, leaf }) => path.endsWith(`.${MARK}`) && typeof leaf === 'string' && readTruth(leaf) === true,
  );
  if (marked) return marked.path.slice(POOLS.length).split('.', 1)[0];
  return names.includes(MARK) || names.length > 1 ? MARK : names[0];
}

/**
 * Echo has one database: of `sql.connectionPools.<name>` the default pool stands for `sql.connectionPool`, where that
 * is not written itself.
 */
export function withConnectionPool(merged: Merged): Merged {
  const pools = merged.within(POOLS.slice(0, -1)).filter(({ path }) => path.startsWith(POOLS));
  const pool = chosenPool(pools);
  if (pool === undefined) return merged;
  const prefix = `${POOLS}${pool}.`;
  const missing = pools.flatMap((entry): [string, Entry][] => {
    if (!entry.path.startsWith(prefix) || entry.path === `${prefix}${MARK}`) return [];
    const path = `sql.connectionpool.${entry.path.slice(prefix.length)}`;
    return merged.at(path) ? [] : [[path, { ...entry, path, names: [...POOL, ...entry.names.slice(3)] }]];
  });
  return new Merged(new Map([...merged.all().map((entry) => [entry.path, entry] as const), ...missing]));
}
