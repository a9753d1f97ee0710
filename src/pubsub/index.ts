export { cloudBuildConfig } from './google/google.config.js';
export { PubsubModule } from './pubsub.module.js';
export { BringsPubsub } from './pubsub-system.js';
export type {
  ArtifactSource,
  Publisher,
  PubsubMessage,
  PubsubSystem,
  PubsubSystemOptions,
  Reception,
  Settlement,
  Subscription,
} from './pubsub-system.js';
