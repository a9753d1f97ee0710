import { setting } from '../../../platform/settings/index.js';

/** Names and defaults are the original's (notifications.md §1.5). */
export const smsConfig = {
  enabled: setting.flag('twilio.enabled', {
    default: false,
    description: 'Sends notifications of type sms, through Twilio.',
  }),
  account: setting.text('twilio.account', { description: 'The SID of the account at Twilio.' }),
  token: setting.text('twilio.token', { description: 'The token of the account at Twilio.', secret: true }),
  from: setting.text('twilio.from', { description: 'The phone number that messages come from.' }),
  baseUrl: setting.url('twilio.baseUrl', {
    default: 'https://api.twilio.com/',
    description: 'Where Twilio is.',
  }),
};
