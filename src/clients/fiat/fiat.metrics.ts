import { counter, gauge } from '../../platform/metrics/index.js';

/** Names and tags are the original's (core.md, appendix A). */
export const fiatMetrics = {
  enabled: gauge('fiat.enabled', 'Whether fiat is asked: 1, or 0.'),
  legacyFallback: gauge(
    'fiat.legacyFallback.enabled',
    'Whether everything is allowed while fiat cannot be reached: 1, or 0.',
  ),
  getPermission: counter('fiat.getPermission', "How often a user's permissions were looked up.", [
    'cached',
    'success',
    'legacyFallback',
  ]),
};
