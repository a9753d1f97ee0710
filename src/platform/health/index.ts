export { ContributesHealth, healthContributors } from './health-part.js';
export type { HealthContributor, HealthPart } from './health-part.js';
