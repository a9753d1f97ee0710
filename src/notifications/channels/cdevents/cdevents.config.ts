import { setting } from '../../../platform/settings/index.js';

export const cdeventsConfig = {
  enabled: setting.flag('cdevents.enabled', {
    default: false,
    description: 'Sends CDEvents for notifications of type cdevents, to the brokers that they name.',
  }),
  legacyEncoding: setting.flag('cdevents.legacyEncoding', {
    default: false,
    description: 'Sends the event as the original does: version 0.3, as JSON text inside a JSON text.',
  }),
};
