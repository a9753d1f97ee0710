import type { Setting, Settings } from '../platform/settings/index.js';
import { artifactsByFile } from './artifact-source.js';
import { pubsubConfig } from './pubsub.config.js';
import type { ArtifactSource, Subscription } from './pubsub-system.js';

/** The settings of a system whose messages bring artifacts by templates alone. */
interface TemplatedSettings<T> {
  readonly enabled: Setting<boolean>;
  readonly subscriptions: Setting<readonly T[]>;
}

/** Whether a system is on, which takes `pubsub.enabled` as well. */
export const isOn = (settings: Settings, enabled: Setting<boolean>): boolean =>
  settings.get(pubsubConfig.enabled) && settings.get(enabled);

/** The subscriptions of such a system, made one by one; none while it is off. */
export function templatedSubscriptions<T extends { readonly templatePath?: string | undefined }>(
  settings: Settings,
  { enabled, subscriptions }: TemplatedSettings<T>,
  make: (options: T, artifacts: ArtifactSource | undefined) => Subscription,
): readonly Subscription[] {
  if (!isOn(settings, enabled)) return [];
  return settings.get(subscriptions).map((options, index) => {
    const key = `${subscriptions.key}[${index}].templatePath`;
    return make(options, artifactsByFile(key, options.templatePath));
  });
}
