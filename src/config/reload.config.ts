import { z } from 'zod';
import { setting } from '../platform/settings/index.js';

const SHORTEST_MS = 50;

export const reloadConfig = {
  intervalMs: setting.shape(
    'platform.settings.reloadIntervalMs',
    `milliseconds, a whole number ≥ ${SHORTEST_MS}`,
    z.coerce.number().int().min(SHORTEST_MS),
    {
      default: 1000,
      dynamic: true,
      description: "Milliseconds from one look at the operator's configuration files to the next.",
    },
  ),
};
