import { setting } from '../../../platform/settings/index.js';

export const githubStatusConfig = {
  enabled: setting.flag('githubStatus.enabled', {
    default: false,
    description: 'Sets the status of commits for notifications of type githubStatus.',
  }),
  token: setting.text('githubStatus.token', { description: 'Token for GitHub.', secret: true }),
  endpoint: setting.url('githubStatus.endpoint', {
    default: 'https://api.github.com',
    description: "Where GitHub's API is.",
  }),
};
