import { readFileSync } from 'node:fs';
import { type Optional, type Setting, type Settings, setting } from '../platform/settings/index.js';

/** The settings by which a system's connections are made safe. */
export interface TlsKeys {
  readonly enabled: Setting<boolean>;
  readonly ca: Optional<string>;
  readonly cert: Optional<string>;
  readonly key: Optional<string>;
}

/** What TLS needs, as PEM texts. */
export interface TlsTexts {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export const tlsKeys = (system: string): TlsKeys => ({
  enabled: setting.flag(`pubsub.${system}.tls.enabled`, {
    default: false,
    description: 'Connects by TLS, and checks who the broker is.',
  }),
  ca: setting.text(`pubsub.${system}.tls.ca`, {
    description: 'PEM file with the CA certificates that the broker is checked against; else the public CAs.',
  }),
  cert: setting.text(`pubsub.${system}.tls.cert`, {
    description: 'PEM file with the certificate that Echo shows to the broker.',
  }),
  key: setting.text(`pubsub.${system}.tls.key`, { description: 'PEM file with the key of that certificate.' }),
});

/** Read anew for each connection, so that renewed certificates count. Throws when a file cannot be read. */
export function tlsTexts(settings: Settings, keys: TlsKeys): TlsTexts | undefined {
  if (!settings.get(keys.enabled)) return undefined;
  const textIn = (file: string | undefined): string | undefined => (file ? readFileSync(file, 'utf8') : undefined);
  const [ca, cert, key] = [keys.ca, keys.cert, keys.key].map((one) => textIn(settings.get(one)));
  return { ...(ca !== undefined && { ca }), ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) };
}
