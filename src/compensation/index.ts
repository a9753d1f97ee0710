export { compensationConfig } from './compensation.config.js';
export { CompensationModule } from './compensation.module.js';
