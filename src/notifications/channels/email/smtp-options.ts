import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool';
import type { Settings } from '../../../platform/settings/index.js';
import { clientIdentity, publicAndOwnTrust } from '../../../platform/tls/index.js';
import { emailConfig } from './email.config.js';

type Properties = Readonly<Record<string, string>>;

const isOn = (value: string | undefined): boolean => value?.trim().toLowerCase() === 'true';

function property(properties: Properties, name: string): string | undefined {
  return properties[`mail.smtp.${name}`] ?? properties[`mail.smtps.${name}`];
}

const milliseconds = (value: string | undefined, otherwise: number): number =>
  value !== undefined && Number(value) > 0 ? Number(value) : otherwise;

/** `mail.smtp.ssl.trust`: hosts whose certificate is not looked at, or `*` for all. */
function isTrusted(host: string, properties: Properties): boolean {
  const trusted = property(properties, 'ssl.trust')?.trim().split(/\s+/) ?? [];
  return trusted.includes('*') || trusted.includes(host);
}

/** As JavaMail does: TLS from the start or by STARTTLS only where it is asked for; never because the server offers it. */
function security(
  settings: Settings,
  properties: Properties,
): Pick<SMTPPoolOptions, 'secure' | 'ignoreTLS' | 'requireTLS' | 'tls'> {
  const secure = settings.get(emailConfig.protocol) === 'smtps' || isOn(property(properties, 'ssl.enable'));
  const required = isOn(property(properties, 'starttls.required'));
  const ca = publicAndOwnTrust(settings);
  const rejectUnauthorized = !isTrusted(settings.get(emailConfig.host) ?? '', properties);
  return {
    secure,
    ignoreTLS: !secure && !required && !isOn(property(properties, 'starttls.enable')),
    requireTLS: !secure && required,
    tls: { rejectUnauthorized, ...(ca && { ca }), ...clientIdentity(settings) },
  };
}

const CONNECTION_MS = 10_000;
const SOCKET_MS = 20_000;

/** What the settings, Spring's and JavaMail's, mean for nodemailer. */
export function smtpOptions(settings: Settings): SMTPPoolOptions & { pool: true } {
  const properties = settings.get(emailConfig.properties);
  const tls = security(settings, properties);
  const [user, pass] = [settings.get(emailConfig.username), settings.get(emailConfig.password)];
  const name = property(properties, 'localhost');
  return {
    pool: true as const,
    host: settings.get(emailConfig.host),
    port: settings.get(emailConfig.port) || (tls.secure ? 465 : 25),
    ...tls,
    ...(user !== undefined && { auth: { user, pass: pass ?? '' } }),
    ...(name !== undefined && { name }),
    connectionTimeout: milliseconds(property(properties, 'connectiontimeout'), CONNECTION_MS),
    greetingTimeout: milliseconds(property(properties, 'connectiontimeout'), CONNECTION_MS),
    socketTimeout: milliseconds(property(properties, 'timeout'), SOCKET_MS),
    maxConnections: Math.max(1, settings.get(emailConfig.maxConnections)),
    maxMessages: Number.POSITIVE_INFINITY,
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
