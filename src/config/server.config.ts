import { setting } from '../platform/settings/index.js';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'off'] as const;

/** What `main.ts` needs before any room is there. */
export const serverConfig = {
  port: setting.port('server.port', { default: 8089, description: 'Port that Echo listens on; 0 takes a free one.' }),
  address: setting.text('server.address', {
    default: '0.0.0.0',
    description: 'Address of the network interface that Echo listens on.',
  }),
  maxBodySize: setting.bytes('server.maxBodySize', {
    default: 64 * 1024 * 1024,
    description: 'Largest request body in bytes; a larger one is answered 413.',
  }),
  logLevel: setting.choice('logging.level.root', LEVELS, {
    default: 'info',
    description: 'The least level that is logged.',
  }),
};
