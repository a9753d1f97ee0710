import { extensionPoint } from '../extension/index.js';

/** OUT_OF_SERVICE: nothing is wrong, somebody wants it so. */
export type HealthStatus = 'UP' | 'DOWN' | 'OUT_OF_SERVICE';

/** How one part of the service is. */
export interface HealthPart {
  readonly status: HealthStatus;
  readonly details: Readonly<Record<string, unknown>>;
  /** The part only plays a role: nothing real stands behind it. */
  readonly simulated?: boolean;
}

/** A provider that knows how a part of the service is. It answers from memory: it never asks a peer. */
export interface HealthContributor {
  health(): HealthPart;
}

export const healthContributors = extensionPoint<HealthContributor, { readonly name: string }>(
  'echo:health-contributor',
  'health contributor',
  ['health'],
);

/** Makes a provider a part of `GET /health`. */
export const ContributesHealth = healthContributors.decorator;
