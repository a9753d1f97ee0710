import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventsModule } from '../events/index.js';
import { Explainer } from './explainer.js';
import { AzureSource } from './git/azure/azure.source.js';
import { BitbucketSource } from './git/bitbucket/bitbucket.source.js';
import { GiteaSource } from './git/gitea/gitea.source.js';
import { GithubSource } from './git/github/github.source.js';
import { GitlabSource } from './git/gitlab/gitlab.source.js';
import { StashSource } from './git/stash/stash.source.js';
import { WebhookIntake } from './webhook-intake.js';
import { WebhookReader } from './webhook-reader.js';
import { WebhooksController } from './webhooks.controller.js';

const sources = [AzureSource, BitbucketSource, GiteaSource, GithubSource, GitlabSource, StashSource];

/** Events that come as webhooks. */
@Module({
  imports: [DiscoveryModule, EventsModule],
  controllers: [WebhooksController],
  providers: [...sources, WebhookReader, WebhookIntake, Explainer],
})
export class WebhooksModule {}
