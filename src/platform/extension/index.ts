export { extensionConfig } from './extension.config.js';
export { extensionPoint } from './extension-point.js';
export type { Extension, ExtensionPoint, NamedOptions } from './extension-point.js';
export { InstalledExtensions, loadExtensions } from './load-extensions.js';
export type { InstalledExtension } from './load-extensions.js';
