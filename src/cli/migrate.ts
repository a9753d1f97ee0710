import { loadConfiguration, processEnvironment } from '../config/index.js';
import { EchoError } from '../platform/errors/index.js';
import { loadMigration } from '../platform/database/index.js';

/** `npm run migrate`: brings the schema up to date; with `--sql` prints what it would take, for someone else to run. */
try {
  const { addressesOf, migrate, migrationScript } = await loadMigration();
  const { settings } = loadConfiguration({ env: processEnvironment(), cwd: process.cwd() });
  const { migration, service } = addressesOf(settings);
  if (process.argv.includes('--sql')) {
    process.stdout.write(migrationScript(service.user));
  } else {
    const done = await migrate(migration, service.user);
    process.stdout.write(done.length > 0 ? `Applied: ${done.join(', ')}\n` : 'The schema is up to date.\n');
  }
} catch (error) {
  process.stderr.write(`${error instanceof EchoError ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exitCode = 1;
}
