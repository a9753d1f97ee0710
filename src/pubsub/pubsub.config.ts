export { pubsubSwitch as pubsubConfig } from '../platform/settings/index.js';
