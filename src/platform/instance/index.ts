export { isInService } from './in-service.js';
export { instanceConfig } from './instance.config.js';
