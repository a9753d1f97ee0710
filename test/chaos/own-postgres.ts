import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Address } from '../../src/platform/database/address.js';
import { EmbeddedServer } from '../../src/platform/database/embedded/embedded-server.js';

const FLAGS = ['fsync=off', 'max_connections=200'];

/** A PostgreSQL that nobody else uses, so that it can be stopped and started again. */
export class OwnPostgres {
  private constructor(
    private readonly folder: string,
    private server: EmbeddedServer,
  ) {}

  static async start(): Promise<OwnPostgres> {
    const folder = mkdtempSync(path.join(tmpdir(), 'echo-chaos-postgres-'));
    chmodSync(folder, 0o755);
    return new OwnPostgres(folder, await EmbeddedServer.start({ folder: path.join(folder, 'data'), flags: FLAGS }));
  }

  get address(): Address {
    return this.server.address;
  }

  /** Comes back at the same address, with all that it had. */
  async restart(): Promise<void> {
    const { port } = this.address;
    await this.server.stop();
    this.server = await EmbeddedServer.start({ folder: path.join(this.folder, 'data'), flags: FLAGS, port });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true });
  }
}
