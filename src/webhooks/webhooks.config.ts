import { setting } from '../platform/settings/index.js';

export const webhooksConfig = {
  explain: setting.choice('webhooks.explain', ['on-request', 'always'], {
    default: 'on-request',
    dynamic: true,
    description:
      'When the answer to a webhook says what was decided: when asked with ?explain=true or X-Echo-Explain: true, or always.',
  }),
  explainSources: setting.texts('webhooks.explainSources', {
    default: [],
    dynamic: true,
    description: 'Sources whose webhooks are always explained; gate passes on neither the query nor the header.',
  }),
  explainTimeoutMs: setting.millis('webhooks.explainTimeoutMs', {
    default: 10_000,
    description: 'How long the answer to a webhook waits for an explanation.',
  }),
};
