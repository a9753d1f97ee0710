import { readFileSync, readdirSync } from 'node:fs';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `migrations/` lies beside `src/` and beside `dist/`, at the same distance from here. */
const FOLDER = new URL('../../../migrations/', import.meta.url);

/** `<13 digits>-<name>.sql`: the digits order them, milliseconds since the epoch when it was written. */
const FILE = /^(\d{13})-([a-z0-9-]+)\.sql$/;

export interface Script {
  /** As the table of migrations has it: name, then the digits. */
  readonly name: string;
  readonly sql: string;
}

/** All scripts, in their order. */
export function scripts(): Script[] {
  return readdirSync(FOLDER)
    .toSorted()
    .flatMap((file) => {
      const [, time, name] = FILE.exec(file) ?? [];
      return time && name ? [{ name: `${name}${time}`, sql: readFileSync(new URL(file, FOLDER), 'utf8') }] : [];
    });
}

/** The scripts as TypeORM's migrations. There is no way down: a step back is a new script, or a restored backup. */
export function migrationClasses(): (new () => MigrationInterface)[] {
  return scripts().map(
    ({ name, sql }) =>
      class implements MigrationInterface {
        readonly name = name;

        async up(runner: QueryRunner): Promise<void> {
          await runner.query(sql);
        }

        down(): Promise<void> {
          return Promise.reject(new Error(`${name} cannot be undone.`));
        }
      },
  );
}
