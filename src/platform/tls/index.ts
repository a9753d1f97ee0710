export { tlsFaults } from './checks.js';
export { certificateUser, hasCertificate } from './client-certificate.js';
export { clientIdentity, clientSecureContext, publicAndOwnTrust } from './client-tls.js';
export { clientTlsConfig } from './client-tls.config.js';
export { certificatesInFile, identityInFiles } from './files.js';
export { serverTlsOptions } from './server-tls.js';
export type { SettingReader } from './stores-of-settings.js';
