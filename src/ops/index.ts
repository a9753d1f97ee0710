export { OpsModule } from './ops.module.js';
export { spectatorConfig } from './spectator/spectator.config.js';
export { SpectatorModule } from './spectator/spectator.module.js';
