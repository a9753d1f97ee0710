export { builtInTemplate, type MessageFormat } from './built-in-templates.js';
export { messageArtifacts, type MessageArtifacts } from './message-artifacts.js';
