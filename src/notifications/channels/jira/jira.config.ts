import { setting } from '../../../platform/settings/index.js';

export const jiraConfig = {
  enabled: setting.flag('jira.enabled', { default: false, description: 'Takes direct notifications of type JIRA.' }),
  baseUrl: setting.text('jira.baseUrl', { description: 'Where Jira is.' }),
  username: setting.text('jira.username', { description: 'User at Jira.' }),
  password: setting.text('jira.password', { description: 'Password, or API token, at Jira.', secret: true }),
  preemptiveAuthentication: setting.flag('jira.preemptiveAuthentication', {
    default: false,
    description: 'Shows user and password with the first call, not only when Jira refuses one without them.',
  }),
};
