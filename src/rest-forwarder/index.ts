export { restConfig } from './rest-forwarder.config.js';
export { RestForwarderModule } from './rest-forwarder.module.js';
