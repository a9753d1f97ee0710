import { counter, gauge } from '../../platform/metrics/index.js';

/** Names and tags are the original's (core.md, appendix A). */
export const fiatMetrics = {
  enabled: gauge('fiat.enabled', 'Whether fiat is asked: 1, or 0.'),
  legacyFallback: gauge(
    'fiat.legacyFallback.enabled',
    'Whether everything is allowed while fiat cannot be reached: 1, or 0.',
  ),
  grantedAuthorities: gauge(
    'fiat.granted-authorities.enabled',
    'Whether permissions come with the caller instead of from fiat: never, 0.',
  ),
  getPermission: counter('fiat.getPermission', "How often a user's permissions were looked up.", [
    'cached',
    'success',
    'legacyFallback',
  ]),
};
