import { fact } from './fact.js';
import type { ReceivedEvent } from './inbox.js';

/** Keys in camelCase. */
export interface SettingsChanged {
  /** Live settings: the new values hold already. */
  readonly keys: readonly string[];
  /** Settings that keep their values until the next start. */
  readonly restart: readonly string[];
}

/** Public: what every `EventListener` is called with. */
export const echoEvent = fact<ReceivedEvent>('echo.event', {
  description:
    'An event was accepted. Every event listener gets it; the inbox keeps the event until all have finished.',
  publisher: 'events',
  subscribers: ['every EventListener'],
});

/** Declared here and not beside its publisher: rooms that want to hear it may not import the top. */
export const settingsChanged = fact<SettingsChanged>('settings.changed', {
  description:
    'Settings have other values: the files of the operator were edited, or somebody changed them through the API.',
  publisher: 'config',
  subscribers: [],
});
