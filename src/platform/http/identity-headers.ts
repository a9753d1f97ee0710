import type { Identity } from '../request-context/index.js';
import type { Settings } from '../settings/index.js';
import { httpConfig } from './http.config.js';

/** The headers that tell a Spinnaker service who caused a call. They never go to anyone else (decisions.md 21). */
export function identityHeaders(identity: Identity, settings: Settings): Readonly<Record<string, string>> {
  return settings.get(httpConfig.propagateSpinnakerHeaders) ? identity.headers : {};
}
