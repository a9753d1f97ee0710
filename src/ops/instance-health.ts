import { ContributesHealth, type HealthContributor, type HealthPart } from '../platform/health/index.js';
import { instanceConfig } from '../platform/instance/index.js';
import { Settings } from '../platform/settings/index.js';

/** Takes an instance that was put out of service off the list of whoever asks for its health. */
@ContributesHealth({ name: 'instance' })
export class InstanceHealth implements HealthContributor {
  constructor(private readonly settings: Settings) {}

  health(): HealthPart {
    const status = this.settings.get(instanceConfig.status);
    return { status, details: status === 'UP' ? {} : { reason: `${instanceConfig.status.key} is ${status}` } };
  }
}
