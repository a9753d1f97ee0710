import pg from 'pg';
import type { Address } from '../../src/platform/database/address.js';
import { type DueSlot, nameOf } from './slot-check.js';

interface Row {
  readonly pipelineId: string;
  /** bigint: pg gives texts. */
  readonly slot: string;
  readonly fate: string;
}

/** What the ledger says of each slot, and how the effect stands that starts it. */
const FATES = `
  SELECT pipeline_id AS "pipelineId", slot, concat_ws(', ',
    'slot ' || outcome,
    coalesce('start ' || state, 'no start'),
    attempts || ' attempts',
    CASE WHEN interrupted THEN 'interrupted' END,
    CASE WHEN state = 'pending' AND leased_by IS NULL THEN 'nobody has it' END,
    CASE WHEN leased_by IS NOT NULL THEN 'leased' || CASE WHEN leased_until < $1 THEN ', but not any more' ELSE '' END END,
    CASE WHEN next_attempt_at <= $1 THEN 'due' WHEN next_attempt_at > $1 THEN 'due later' END,
    last_error) AS fate
  FROM slots LEFT JOIN effects ON kind = 'start' AND key = start_key`;

/** Tells of slots that were not started what became of them: how many have which fate, and some of them by name. */
export async function fatesOf(missing: readonly DueSlot[], database: Address): Promise<string[]> {
  if (missing.length === 0) return [];
  const client = new pg.Client({ ...database });
  await client.connect();
  const { rows } = await client.query<Row>(FATES, [Date.now()]);
  await client.end();
  const known = new Map(rows.map(({ pipelineId, slot, fate }) => [nameOf({ pipelineId, slot: Number(slot) }), fate]));
  const byFate = new Map<string, string[]>();
  for (const name of missing.map(nameOf)) {
    const fate = known.get(name) ?? 'never claimed';
    byFate.set(fate, [...(byFate.get(fate) ?? []), name]);
  }
  return [...byFate].map(([fate, names]) => `${names.length} × ${fate}: ${names.slice(0, 3).join(' ')}`);
}
