import { setting } from '../../platform/settings/index.js';

export const graphConfig = {
  tenantId: setting.text('microsoftgraph.tenantId', { description: 'The tenant at Microsoft Entra.' }),
  clientId: setting.text('microsoftgraph.clientId', { description: 'The application (client) id at Microsoft Entra.' }),
  clientSecret: setting.text('microsoftgraph.clientSecret', {
    description: 'Secret of the application; mails need it, with the application permission Mail.Send.',
    secret: true,
  }),
  endpoint: setting.url('microsoftgraph.endpoint', {
    default: 'https://graph.microsoft.com',
    description: 'Where Microsoft Graph is; national clouds have their own.',
  }),
  authority: setting.url('microsoftgraph.authority', {
    default: 'https://login.microsoftonline.com',
    description: 'Where tokens for Microsoft Graph come from; national clouds have their own.',
  }),
};
