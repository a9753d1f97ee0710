import { z } from 'zod';
import { setting } from '../platform/settings/index.js';

export const triggersConfig = {
  maxExpressionLength: setting.shape(
    'expression.maxExpressionLength',
    'whole number; -1 means 10,000',
    z.coerce.number().int().min(-1),
    { default: -1, description: 'How many characters one ${…} expression in an expected artifact may have.' },
  ),
  patternTimeoutMs: setting.millis('triggers.patternTimeoutMs', {
    default: 50,
    description:
      'How long a pattern with look-around or back-references may take on one text; other patterns run in linear time.',
  }),
};
