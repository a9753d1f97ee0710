export { ContributesHealth, healthContributors } from './health-part.js';
export type { HealthContributor, HealthPart, HealthStatus } from './health-part.js';
