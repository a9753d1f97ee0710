export { setting } from './setting.js';
export type { Optional, Setting, SettingOptions } from './setting.js';
export { Settings } from './settings.js';
