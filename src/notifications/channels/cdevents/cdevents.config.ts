import { type Settings, setting } from '../../../platform/settings/index.js';

export const cdeventsConfig = {
  enabled: setting.flag('cdevents.enabled', {
    default: false,
    description: 'Sends CDEvents for notifications of type cdevents, to the brokers or collectors that they name.',
  }),
  legacyEncoding: setting.flag('cdevents.legacyEncoding', {
    default: false,
    description: 'Sends the event as the original does: version 0.3, as JSON text inside a JSON text.',
  }),
  transport: setting.text('cdevents.transport', {
    default: 'http',
    description: 'With `otlp` spans go to collectors of OpenTelemetry; with anything else CloudEvents to brokers.',
  }),
  otlpTimeoutSeconds: setting.count('cdevents.otlpTimeoutSeconds', {
    default: 10,
    description: 'Seconds in which a collector has to answer.',
  }),
  otlpCaCertPath: setting.text('cdevents.otlpCaCertPath', {
    description: 'PEM file with the CAs of collectors; read at the start.',
  }),
  otlpClientCertPath: setting.text('cdevents.otlpClientCertPath', {
    description: 'PEM file with the certificate shown to collectors, where the key is given too; read at the start.',
  }),
  otlpClientKeyPath: setting.text('cdevents.otlpClientKeyPath', {
    description: 'PEM file (PKCS#8) with the key of that certificate; read at the start.',
  }),
};

/** Whether CDEvents go out as spans. */
export const sendsSpans = (settings: Settings): boolean =>
  settings.get(cdeventsConfig.transport).toLowerCase() === 'otlp';
