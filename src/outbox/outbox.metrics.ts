import { counter, gauge } from '../platform/metrics/index.js';

export const outboxMetrics = {
  effects: counter('echo.effects', 'Effects that came to an end, by kind and state.', ['kind', 'state']),
  attempts: counter('echo.effects.attempts', 'Attempts made, by kind.', ['kind']),
  depth: gauge('echo.outbox.depth', 'Effects waiting for an attempt or under way.'),
};
