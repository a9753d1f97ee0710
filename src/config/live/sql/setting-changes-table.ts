import { CHANNEL, type Transaction, textOf } from '../../../platform/database/index.js';
import { parseJson, stringifyJson } from '../../../platform/json/index.js';
import type { SettingChange } from '../setting-changes.js';

interface ChangeRow {
  readonly key: string;
  readonly cluster: string | null;
  readonly value: string | null;
  readonly changed_by: string;
  readonly changed_at: string;
  readonly why: string;
}

/** Woken when a setting was changed. */
export const TOPIC = 'settings';

const COLUMNS = 'key, cluster, value::text AS value, changed_by, changed_at, why';

/** The wake-up is heard after the commit: who looks then finds the change. */
const INSERT = `
  WITH written AS (
    INSERT INTO setting_changes (key, cluster, value, changed_by, changed_at, why) VALUES ($1, $2, $3, $4, $5, $6)
  )
  SELECT pg_notify('${CHANNEL}', '${TOPIC}')`;

const IN_FORCE = `
  SELECT * FROM (SELECT DISTINCT ON (key, cluster) ${COLUMNS} FROM setting_changes ORDER BY key, cluster, id DESC) latest
  WHERE value IS NOT NULL`;

const changeOf = (row: ChangeRow): SettingChange => ({
  key: row.key,
  ...(row.cluster !== null && { cluster: row.cluster }),
  ...(row.value !== null && { value: parseJson(row.value) }),
  by: row.changed_by,
  at: Number(row.changed_at),
  why: row.why,
});

/** The statements over the table of changed settings. */
export const settingChangesTable = {
  /** Writes a change down and wakes all instances. */
  async insert(on: Transaction, { key, cluster, value, by, at, why }: SettingChange): Promise<void> {
    const json = value === undefined ? null : stringifyJson(value);
    await on.query(INSERT, [key, textOf(cluster), json, textOf(by), at, textOf(why)]);
  },

  async inForce(on: Transaction): Promise<SettingChange[]> {
    return (await on.query<ChangeRow[]>(IN_FORCE)).map(changeOf);
  },

  /** Newest first. */
  async history(on: Transaction, key: string, limit: number): Promise<SettingChange[]> {
    const sql = `SELECT ${COLUMNS} FROM setting_changes WHERE key = $1 ORDER BY id DESC LIMIT $2`;
    return (await on.query<ChangeRow[]>(sql, [key, limit])).map(changeOf);
  },
};
