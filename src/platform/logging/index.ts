export { EchoLogger } from './echo-logger.js';
