import { ContributesHealth, type HealthContributor, type HealthPart } from '../platform/health/index.js';

/** Says that nothing real is run. */
@ContributesHealth({ name: 'sandbox' })
export class SandboxHealth implements HealthContributor {
  health(): HealthPart {
    return {
      status: 'UP',
      simulated: true,
      details: { orca: 'simulated', notifications: 'shown in the mailbox, not sent' },
    };
  }
}
