export { pubsubSwitch } from './pubsub-switch.config.js';
export { member, readTruth, setting } from './setting.js';
export type { Optional, Setting, SettingOptions } from './setting.js';
export { Settings } from './settings.js';
export { spinnakerConfig } from './spinnaker.config.js';
