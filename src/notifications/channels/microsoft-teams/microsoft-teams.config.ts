import { setting } from '../../../platform/settings/index.js';

export const microsoftTeamsConfig = {
  enabled: setting.flag('microsoftteams.enabled', {
    default: false,
    description: 'Sends notifications of type microsoftteams, to the webhooks and workflows that they name.',
  }),
  format: setting.choice('microsoftteams.format', ['adaptiveCard', 'messageCard'], {
    default: 'adaptiveCard',
    description: 'Which cards are sent; `messageCard` sends the cards of the retired Office connectors.',
  }),
  templatePath: setting.text('microsoftteams.templatePath', {
    description:
      'A folder with pipeline-notification.jinja and event-notification.jinja, cards in Jinja that take the place of the built-in ones.',
  }),
};
