export { ExtractsArtifacts } from './artifacts/artifact-extractor.js';
export type { ArtifactExtractor, ArtifactExtractorOptions } from './artifacts/artifact-extractor.js';
export { Payload } from './sources/payload.js';
export { ReadsWebhooks } from './sources/webhook-source.js';
export type { Webhook, WebhookNews, WebhookSource, WebhookSourceOptions } from './sources/webhook-source.js';
export { WebhooksModule } from './webhooks.module.js';
