import { Logger } from '@nestjs/common';
import { IgorClient } from '../../clients/index.js';
import { Clock } from '../../platform/clock/index.js';
import { LibraryTransport } from '../../platform/http/index.js';
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
import { cloudBuildArtifacts } from './cloud-build-artifacts.js';
import { cloudBuildConfig, googleConfig, type GoogleSubscriptionOptions } from './google.config.js';
import { type GoogleWay, demandKeyFile } from './google-client.js';
import { GooglePublisher } from './google-publisher.js';
import { GoogleSubscription } from './google-subscription.js';

const CLOUD_BUILD_DEADLINE_SECONDS = 10;

/** Google Pub/Sub, and Cloud Build, which tells of its builds through it. */
@BringsPubsub({ name: 'google' })
export class GoogleSystem implements PubsubSystem {
  private readonly way: GoogleWay;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly igor: IgorClient,
    transport: LibraryTransport,
  ) {
    this.way = { endpoint: settings.get(googleConfig.endpoint), transport };
  }

  subscriptions(): readonly Subscription[] {
    if (!isOn(this.settings, googleConfig.enabled)) {
      this.sayIdleCloudBuild();
      return [];
    }
    return [...this.ordinary(), ...this.cloudBuild()];
  }

  publishers(): readonly Publisher[] {
    if (!isOn(this.settings, googleConfig.enabled)) return [];
    return this.settings.get(googleConfig.publishers).map((options, index) => {
      demandKeyFile(`${googleConfig.publishers.key}[${index}].jsonPath`, options.jsonPath);
      return new GooglePublisher(options, this.way);
    });
  }

  paused(): boolean {
    return !this.settings.get(googleConfig.processing);
  }

  private ordinary(): Subscription[] {
    return this.settings.get(googleConfig.subscriptions).map((options, index) => {
      const key = `${googleConfig.subscriptions.key}[${index}]`;
      demandKeyFile(`${key}.jsonPath`, options.jsonPath);
      const artifacts = artifactsOf(options, key);
      const source = { ...options, keyFile: options.jsonPath, ...this.way, artifacts };
      return new GoogleSubscription(source, this.clock);
    });
  }

  /** A message of Cloud Build is a pub/sub event, and one that igor hears of (edges.md §5.6). */
  private cloudBuild(): Subscription[] {
    if (!this.settings.get(cloudBuildConfig.enabled)) return [];
    return this.settings.get(cloudBuildConfig.accounts).map((account, index) => {
      demandKeyFile(`${cloudBuildConfig.accounts.key}[${index}].jsonKey`, account.jsonKey);
      const source = {
        ...account,
        keyFile: account.jsonKey,
        ...this.way,
        ackDeadlineSeconds: CLOUD_BUILD_DEADLINE_SECONDS,
        artifacts: cloudBuildArtifacts(this.igor, account.name),
        alsoAs: ['googleCloudBuild'],
      };
      return new GoogleSubscription(source, this.clock);
    });
  }

  private sayIdleCloudBuild(): void {
    if (!this.settings.get(cloudBuildConfig.enabled)) return;
    new Logger('Pubsub').warn('gcb.enabled does nothing without pubsub.enabled and pubsub.google.enabled.');
  }
}

function artifactsOf(
  { messageFormat, templatePath }: GoogleSubscriptionOptions,
  key: string,
): ArtifactSource | undefined {
  if (messageFormat !== 'CUSTOM') return artifactsByFormat(messageFormat);
  return artifactsByFile(`${key}.templatePath`, templatePath);
}
