import { setting } from '../../../platform/settings/index.js';

export const pagerDutyConfig = {
  enabled: setting.flag('pagerDuty.enabled', {
    default: false,
    description: 'Sends pages: direct ones of type PAGER_DUTY, and notifications of type pagerduty.',
  }),
  endpoint: setting.url('pagerDuty.endpoint', {
    default: 'https://events.pagerduty.com',
    description: 'Where the events API of PagerDuty is.',
  }),
  token: setting.text('pagerDuty.token', { description: 'Token for the events API v1.', secret: true }),
  eventsApi: setting.choice('pagerDuty.eventsApi', ['v1', 'v2'], {
    default: 'v1',
    description: 'Which events API direct notifications use: the keys of a service are for one of them.',
  }),
};
