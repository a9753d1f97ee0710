export { PubsubModule } from './pubsub.module.js';
export { BringsPubsub } from './pubsub-system.js';
export type {
  ArtifactSource,
  Publication,
  Publisher,
  PubsubMessage,
  PubsubSystem,
  PubsubSystemOptions,
  Reception,
  Settlement,
  Subscription,
} from './pubsub-system.js';
