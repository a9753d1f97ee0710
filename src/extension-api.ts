/** What an extension of Echo may import: `import { EchoEventListener } from 'echo'`. */
export { artifact } from './artifacts/index.js';
export type { Artifact } from './artifacts/index.js';
export { Bus, EchoEventListener, Inbox, fact, settingsChanged, typeOf } from './events/index.js';
export type {
  EchoEvent,
  EventDetails,
  EventListener,
  EventListenerOptions,
  Fact,
  Publication,
  ReceivedEvent,
  SettingsChanged,
} from './events/index.js';
export { DeliveryError, NotifiesThrough } from './notifications/index.js';
export type {
  Channel,
  ChannelOptions,
  ChannelParameter,
  Delivery,
  DeliveryContext,
  DirectNotification,
  Interaction,
  InteractionRequest,
  NotificationPreference,
  Occasion,
} from './notifications/index.js';
export { Outbox, PUBLISH, PerformsEffects } from './outbox/index.js';
export type { Effect, EffectPerformer, NewEffect, Outcome } from './outbox/index.js';
export {
  Content,
  HandlesTriggers,
  Inquiry,
  PRIORITY,
  PostProcessesPipelines,
  failed,
  faulty,
  filledIn,
  fullMatch,
  ignoringCase,
  keyOf,
  lookUpKey,
  passed,
} from './pipeline-triggers/index.js';
export type {
  Check,
  CheckResult,
  CheckTools,
  Filled,
  PipelinePostProcessor,
  Reading,
  RequestHeaders,
  TriggerChanges,
  TriggerHandler,
  TriggerKey,
} from './pipeline-triggers/index.js';
export { eventDecided, pipelinesRefreshed, startFinished, triggerInvalid } from './pipelines/index.js';
export type { Pipeline, Trigger } from './pipelines/index.js';
export { BringsPubsub } from './pubsub/index.js';
export type {
  ArtifactSource,
  Publisher,
  PubsubMessage,
  PubsubSystem,
  PubsubSystemOptions,
  Reception,
  Settlement,
  Subscription,
} from './pubsub/index.js';
export { Clock } from './platform/clock/index.js';
export { ContributesHealth } from './platform/health/index.js';
export type { HealthContributor, HealthPart } from './platform/health/index.js';
export { setting, Settings } from './platform/settings/index.js';
export { ExtractsArtifacts, Payload, ReadsWebhooks } from './webhooks/index.js';
export type { ArtifactExtractor, Webhook, WebhookNews, WebhookSource } from './webhooks/index.js';
