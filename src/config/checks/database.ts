import { readTruth } from '../../platform/settings/index.js';
import { whereOf } from '../entry.js';
import type { Fault } from '../fault.js';
import type { SettingReader } from '../values/resolve.js';

const ADDRESSES = ['sql.connectionPool.jdbcUrl', 'sql.migration.jdbcUrl'];

const PROBLEM =
  'is a MySQL address, and Echo keeps its data in PostgreSQL only: ' +
  'write jdbc:postgresql://<host>:5432/<database> or postgres://<host>:5432/<database>, or set sql.enabled to false. ' +
  'Nothing needs to be copied: triggers of pipelines come back with the first sync, and scheduled actions made by hand ' +
  "are moved by reading the old echo's GET /scheduledActions and posting each here";

/** The original's SQL mode knew only MySQL: its addresses are refused with what to write instead. */
export function databaseFaults(reader: SettingReader): Fault[] {
  if (readTruth(reader.textAt('sql.enabled')?.text ?? '') !== true) return [];
  return ADDRESSES.flatMap((key) => {
    const found = reader.textAt(key);
    if (!found || !/^jdbc:(?:mysql|mariadb|aws-wrapper:mysql)/i.test(found.text.trim())) return [];
    return [{ where: whereOf(found.origin), key, problem: PROBLEM }];
  });
}
