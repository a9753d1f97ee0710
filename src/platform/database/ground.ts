import { Logger } from '@nestjs/common';
import type { Settings } from '../settings/index.js';
import { type Addresses, addressesOf } from './addresses.js';
import { connect } from './connect.js';
import { databaseConfig } from './database.config.js';
import { EmbeddedServer } from './embedded/embedded-server.js';
import { checkSchema, migrate } from './migrate.js';

/** What must be there before the pool opens: a server, where it is our own, and a schema that fits the code. */
export class Ground {
  private constructor(
    readonly addresses: Addresses,
    private readonly server?: EmbeddedServer,
  ) {}

  /** @throws EchoError when no database is named, or its schema is not that of this code */
  static async prepare(settings: Settings): Promise<Ground> {
    const server = settings.get(databaseConfig.embedded)
      ? await EmbeddedServer.start({ folder: settings.get(databaseConfig.embeddedFolder) })
      : undefined;
    try {
      const ground = new Ground(server ? ownAddresses(server, settings) : addressesOf(settings), server);
      await ground.prepareSchema(settings);
      return ground;
    } catch (error) {
      await server?.stop();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.server?.stop();
  }

  private async prepareSchema(settings: Settings): Promise<void> {
    const { migration, service } = this.addresses;
    if (settings.get(databaseConfig.migrateAtBoot)) {
      const done = await migrate(migration, service.user);
      if (done.length > 0) new Logger('Database').log(`Schema brought up to date: ${done.join(', ')}`);
    }
    const source = await connect(settings, service);
    await checkSchema(source).finally(() => source.destroy());
  }
}

const ownAddresses = ({ address }: EmbeddedServer, settings: Settings): Addresses => ({
  service: address,
  migration: address,
  maxPoolSize: settings.get(databaseConfig.maxPoolSize),
});
