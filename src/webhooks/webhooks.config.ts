import { z } from 'zod';
import { member, setting } from '../platform/settings/index.js';
import { signatureRule } from './signatures/signature-rule.js';

const filled = member.text.refine((text) => text !== '', 'must not be empty');

export const webhooksConfig = {
  artifactsEnabled: setting.flag('webhooks.artifacts.enabled', {
    default: false,
    description: 'Reads artifacts out of webhooks by templates.',
  }),
  artifactSources: setting.shape(
    'webhooks.artifacts.sources',
    'list of sources, each with source and templatePath',
    z.array(z.object({ source: filled, templatePath: filled })),
    {
      default: [],
      description:
        'The template for the webhooks of a `source`: a file of Jinja, or of Handlebars where `templatePath` ends with .hbs; it writes a JSON list of artifacts.',
    },
  ),
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
  signatures: setting.shape(
    'webhooks.signatures',
    'list of rules, each with source, scheme and secrets',
    z.array(signatureRule),
    {
      default: [],
      dynamic: true,
      description:
        'How the senders of webhooks are verified: `source` and perhaps `type` of the path; `scheme` hub, token, hmac or standard; `secrets`, ' +
        'of which any will do; `required` (true), else wrong signatures are only recorded; for hmac and token `header`, for hmac `algorithm`, ' +
        '`encoding`, `prefix`, `timestampHeader`; `toleranceMs` (5m). See webhooks.md.',
    },
  ),
  redeliveryHeaders: setting.texts('webhooks.redeliveryHeaders', {
    default: [
      ...['x-github-delivery', 'x-gitea-delivery', 'x-forgejo-delivery', 'x-request-uuid'],
      ...['idempotency-key', 'x-gitlab-event-uuid', 'webhook-id'],
    ],
    description:
      'Request headers by which a host names a delivery; the first that is there counts. A delivery that comes again is dropped if it had started pipelines. Empty: never.',
  }),
  redeliveryWindowMs: setting.millis('webhooks.redeliveryWindowMs', {
    default: 259_200_000,
    description: 'How long a delivery is remembered that had started pipelines.',
  }),
};
