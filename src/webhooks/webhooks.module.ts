import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventsModule } from '../events/index.js';
import { twin } from '../platform/database/index.js';
import { metricProviders } from '../platform/metrics/index.js';
import { DockerHubExtractor } from './artifacts/docker-hub.extractor.js';
import { DockerRegistryExtractor } from './artifacts/docker-registry.extractor.js';
import { EcrExtractor } from './artifacts/ecr.extractor.js';
import { GarExtractor } from './artifacts/gar.extractor.js';
import { GhcrExtractor } from './artifacts/ghcr.extractor.js';
import { HarborExtractor } from './artifacts/harbor.extractor.js';
import { NexusExtractor } from './artifacts/nexus.extractor.js';
import { QuayExtractor } from './artifacts/quay.extractor.js';
import { TemplateExtractor } from './artifacts/template.extractor.js';
import { Explainer } from './explainer.js';
import { AzureSource } from './git/azure/azure.source.js';
import { BitbucketSource } from './git/bitbucket/bitbucket.source.js';
import { GiteaSource } from './git/gitea/gitea.source.js';
import { GithubSource } from './git/github/github.source.js';
import { GitlabSource } from './git/gitlab/gitlab.source.js';
import { StashSource } from './git/stash/stash.source.js';
import { Deliveries } from './redelivery/deliveries.js';
import { MemoryDeliveries } from './redelivery/memory/memory-deliveries.js';
import { Redeliveries } from './redelivery/redeliveries.js';
import { RefusalsController } from './signatures/refusals.controller.js';
import { Refusals } from './signatures/refusals.js';
import { Signatures } from './signatures/signatures.js';
import { WebhookIntake } from './webhook-intake.js';
import { WebhookReader } from './webhook-reader.js';
import { WebhooksController } from './webhooks.controller.js';
import { webhooksMetrics } from './webhooks.metrics.js';

const sources = [AzureSource, BitbucketSource, GiteaSource, GithubSource, GitlabSource, StashSource];
const extractors = [
  DockerHubExtractor,
  DockerRegistryExtractor,
  EcrExtractor,
  GarExtractor,
  GhcrExtractor,
  HarborExtractor,
  NexusExtractor,
  QuayExtractor,
  TemplateExtractor,
];

/** Events that come as webhooks. */
@Module({
  imports: [DiscoveryModule, EventsModule],
  controllers: [WebhooksController, RefusalsController],
  providers: [
    ...sources,
    ...extractors,
    WebhookReader,
    WebhookIntake,
    Explainer,
    Signatures,
    Refusals,
    Redeliveries,
    twin(Deliveries, MemoryDeliveries, async () => (await import('./redelivery/sql/sql-deliveries.js')).SqlDeliveries),
    ...metricProviders(webhooksMetrics),
  ],
})
export class WebhooksModule {}
