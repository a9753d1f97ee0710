import { counter, timer } from '../platform/metrics/index.js';

/** The first two are the original's (core.md, appendix A); `orca.errors` belongs to the starts. */
export const compensationMetrics = {
  misfires: timer('triggers.cronMisfires', 'How long before the tolerance a missed slot lies.'),
  slots: counter('echo.compensation.slots', 'Slots that were looked at, by what became of them.', ['verdict']),
};
