import type { Settings } from '../settings/index.js';
import { instanceConfig } from './instance.config.js';

/** Whether this instance takes new work on: what the original is told by a discovery service. Ask at the moment of use. */
export const isInService = (settings: Settings): boolean => settings.get(instanceConfig.status) === 'UP';
