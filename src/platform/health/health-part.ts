import { extensionPoint } from '../extension/index.js';

/** How one part of the service is. */
export interface HealthPart {
  readonly status: 'UP' | 'DOWN';
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
