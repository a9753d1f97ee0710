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
  graph: setting.flag('microsoftteams.graph', {
    default: false,
    description:
      'Posts to addresses such as teams/{id}/channels/{id} and chats/{id} through Microsoft Graph (microsoftgraph.*).',
  }),
  tokenFile: setting.text('microsoftteams.tokenFile', {
    description:
      'A file with the refresh token of the user who posts through Graph; Echo replaces it as it is renewed.',
  }),
  templatePath: setting.text('microsoftteams.templatePath', {
    description:
      'A folder with pipeline-notification.jinja and event-notification.jinja, cards in Jinja that take the place of the built-in ones.',
  }),
};
