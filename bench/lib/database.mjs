import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { EmbeddedServer } from '../../dist/platform/database/embedded/embedded-server.js';

/** A PostgreSQL of the benchmark's own, as `sql.embedded` starts it; `env` makes a service use it, `query` fills it. */
export async function startDatabase() {
  const folder = await mkdtemp(path.join(tmpdir(), 'echo-bench-'));
  // PostgreSQL does not run as root, and has to get at its data.
  await chmod(folder, 0o755);
  const server = await EmbeddedServer.start({ folder: path.join(folder, 'data') });
  const { host, port, database, user } = server.address;
  const url = `jdbc:postgresql://${host}:${port}/${database}?user=${user}`;
  const query = async (sql) => {
    const client = new pg.Client({ host, port, database, user });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  return {
    query,
    /** For a client of one's own. */
    connection: { host, port, database, user },
    env: { SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: url },
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
