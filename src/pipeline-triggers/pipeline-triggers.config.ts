import { z } from 'zod';
import { setting } from '../platform/settings/index.js';

export const triggersConfig = {
  maxExpressionLength: setting.shape(
    'expression.maxExpressionLength',
    'whole number; -1 means 10,000',
    z.coerce.number().int().min(-1),
    { default: -1, description: 'How many characters one ${…} expression in an expected artifact may have.' },
  ),
  gitSharedSecret: setting.text('trigger.git.sharedSecret', {
    default: '',
    secret: true,
    description: 'Signs the webhooks of Git triggers that have no secret of their own; empty for none.',
  }),
  dedupeBuilds: setting.flag('events.dedupe.builds', {
    default: false,
    description:
      'Starts a trigger once for a build (master, job, number) or image (account, repository, tag, digest) that is told again and again.',
  }),
  dedupeWindowMs: setting.millis('events.dedupe.windowMs', {
    default: 600_000,
    description: 'How long a build or an image counts as told already, with events.dedupe.builds.',
  }),
  patternTimeoutMs: setting.millis('triggers.patternTimeoutMs', {
    default: 50,
    description:
      'How long a pattern with look-around or back-references may take on one text; other patterns run in linear time.',
  }),
};
