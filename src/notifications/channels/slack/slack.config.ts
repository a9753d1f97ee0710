import { setting } from '../../../platform/settings/index.js';

/** The same settings twice: of the bot that only talks, and of the app that also hears (notifications.md §1.4). */
const botConfig = (prefix: 'slack' | 'slack.app', who: string) => ({
  token: setting.text(`${prefix}.token`, {
    description: `Token of ${who}; one with two slashes is an incoming webhook's.`,
    secret: true,
  }),
  baseUrl: setting.text(`${prefix}.baseUrl`, {
    default: '',
    description: `Where ${who} finds Slack; nothing means https://slack.com, or https://hooks.slack.com/services.`,
  }),
  forceUseIncomingWebhook: setting.flag(`${prefix}.forceUseIncomingWebhook`, {
    default: false,
    description: `Has ${who} post to an incoming webhook, whatever its token looks like.`,
  }),
  sendCompactMessages: setting.flag(`${prefix}.sendCompactMessages`, {
    default: false,
    description: `Has ${who} leave out title and footer.`,
  }),
  expandUserNames: setting.flag(`${prefix}.expandUserNames`, {
    default: false,
    description: `Has Slack make mentions of the user names in texts of ${who}.`,
  }),
});

export const slackConfig = {
  enabled: setting.flag('slack.enabled', { default: false, description: 'Sends notifications of type slack.' }),
  bot: botConfig('slack', 'the bot'),
  app: botConfig('slack.app', 'the app for interactive notifications'),
  channelRate: setting.count('slack.channelRate', {
    default: 1,
    description: 'How many messages a second each channel gets; Slack takes one, and short bursts. 0 sets no limit.',
  }),
  channelBurst: setting.count('slack.channelBurst', {
    default: 10,
    description: 'How many messages a channel gets at once before that rate holds.',
  }),
  hooksUrl: setting.url('slack.hooksUrl', {
    default: 'https://hooks.slack.com',
    description: 'Where answered messages are replaced; of the address that Slack names only the path counts.',
  }),
  signingSecret: setting.text('slack.app.signingSecret', {
    description: "Slack's signing secret of the app; without it no answer of a user is believed.",
    secret: true,
  }),
  verificationToken: setting.text('slack.app.verificationToken', {
    description: 'Accepted for old configurations; Slack signs its requests nowadays.',
    secret: true,
  }),
};

export type SlackBotConfig = (typeof slackConfig)['bot'];
