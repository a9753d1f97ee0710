import { Inject } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { codeOf, EchoError } from '../../platform/errors/index.js';
import { LibraryTransport } from '../../platform/http/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { Settings } from '../../platform/settings/index.js';
import { artifactsByFile, artifactsByFormat } from '../artifact-source.js';
import { isOn } from '../configured.js';
import {
  type ArtifactSource,
  BringsPubsub,
  type Publisher,
  type PubsubSystem,
  type Subscription,
} from '../pubsub-system.js';
import { amazonConfig, type AmazonSubscriptionOptions } from './amazon.config.js';
import { amazonMetrics } from './amazon.metrics.js';
import { SnsPublisher } from './sns-publisher.js';
import { type SqsCounts, SqsSubscription } from './sqs-subscription.js';

/** Amazon SQS, with SNS in front of its queues. */
@BringsPubsub({ name: 'amazon' })
export class AmazonSystem implements PubsubSystem {
  constructor(
    private readonly settings: Settings,
    private readonly transport: LibraryTransport,
    @Inject(metricToken(amazonMetrics.acknowledged)) private readonly acknowledged: Counter,
    @Inject(metricToken(amazonMetrics.nacked)) private readonly nacked: Counter,
    @Inject(metricToken(amazonMetrics.failed)) private readonly failed: Counter,
  ) {}

  subscriptions(): readonly Subscription[] {
    if (!isOn(this.settings, amazonConfig.enabled)) return [];
    const way = { endpoint: this.settings.get(amazonConfig.endpoint), transport: this.transport };
    return this.settings.get(amazonConfig.subscriptions).map((options, index) => {
      const artifacts = artifactsOf(options, `${amazonConfig.subscriptions.key}[${index}]`);
      return new SqsSubscription(options, { ...way, artifacts, counts: this.countsOf(options.name) });
    });
  }

  publishers(): readonly Publisher[] {
    if (!isOn(this.settings, amazonConfig.enabled)) return [];
    const endpoint = this.settings.get(amazonConfig.endpoint);
    return this.settings
      .get(amazonConfig.publishers)
      .map((options) => new SnsPublisher(options, endpoint, this.transport));
  }

  paused(): boolean {
    return !this.settings.get(amazonConfig.processing);
  }

  private countsOf(subscriptionName: string): SqsCounts {
    return {
      acknowledged: () => this.acknowledged.inc({ subscriptionName }),
      nacked: () => this.nacked.inc({ subscriptionName }),
      failed: (error) => this.failed.inc({ exceptionClass: codeOf(error) }),
    };
  }
}

/** NONE wins over a template, as in the original (edges.md §5.4). */
function artifactsOf(
  { messageFormat, templatePath }: AmazonSubscriptionOptions,
  key: string,
): ArtifactSource | undefined {
  if (messageFormat === 'NONE') return undefined;
  if (templatePath !== undefined) return artifactsByFile(`${key}.templatePath`, templatePath);
  if (messageFormat === 'S3') return artifactsByFormat('S3');
  if (messageFormat === undefined) return undefined;
  throw new EchoError(`${key}.templatePath: messageFormat CUSTOM needs the path of a template.`, {
    code: 'faulty-pubsub',
  });
}
