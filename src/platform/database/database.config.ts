import { setting } from '../settings/index.js';

const DEFAULT_POOL_SIZE = 20;

export const databaseConfig = {
  enabled: setting.flag('sql.enabled', {
    default: false,
    description: 'Keep events, effects, triggers and settings in PostgreSQL, shared by all instances.',
  }),
  embedded: setting.flag('sql.embedded', {
    default: false,
    description: 'Start a PostgreSQL of our own for this instance; with sql.enabled, and without an address.',
  }),
  embeddedFolder: setting.text('sql.embeddedFolder', {
    default: '.data/postgres',
    description: 'Where the embedded PostgreSQL keeps its data, relative to the working directory.',
  }),
  url: setting.text('sql.connectionPool.jdbcUrl', {
    description: 'The database: jdbc:postgresql://host:5432/name or postgres://host:5432/name.',
  }),
  user: setting.text('sql.connectionPool.user', { description: 'The user of the service; needs no DDL rights.' }),
  password: setting.text('sql.connectionPool.password', { description: 'Its password.', secret: true }),
  maxPoolSize: setting.count('sql.connectionPool.maxPoolSize', {
    default: DEFAULT_POOL_SIZE,
    description: 'How many connections may be open at once.',
  }),
  connectionTimeoutMs: setting.millis('sql.connectionPool.connectionTimeout', {
    default: 5000,
    description: 'How long to wait for a free connection before senders are answered 503.',
  }),
  migrationUrl: setting.text('sql.migration.jdbcUrl', {
    description: 'The same database for the user who changes its schema; sql.connectionPool.jdbcUrl without it.',
  }),
  migrationUser: setting.text('sql.migration.user', {
    description: 'The user who changes the schema at boot and in `npm run migrate`.',
  }),
  migrationPassword: setting.text('sql.migration.password', { description: 'Its password.', secret: true }),
  migrateAtBoot: setting.flag('sql.migration.enabled', {
    default: true,
    description: 'Bring the schema up to date at boot; when off, `npm run migrate` has to be run before.',
  }),
};
