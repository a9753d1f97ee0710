import { BearychatModule } from './bearychat/bearychat.module.js';
import { CDEventsModule } from './cdevents/cdevents.module.js';
import { DryrunModule } from './dryrun/dryrun.module.js';
import { EmailModule } from './email/email.module.js';
import { GithubStatusModule } from './github-status/github-status.module.js';
import { GoogleChatModule } from './google-chat/google-chat.module.js';
import { JiraModule } from './jira/jira.module.js';
import { MicrosoftTeamsModule } from './microsoft-teams/microsoft-teams.module.js';
import { PagerDutyModule } from './pager-duty/pager-duty.module.js';
import { PubsubChannelModule } from './pubsub/pubsub.module.js';
import { SlackModule } from './slack/slack.module.js';
import { SmsModule } from './sms/sms.module.js';

/** Echo's own channels. Taking one out is deleting its line and its folder. */
export const CHANNEL_MODULES = [
  BearychatModule,
  CDEventsModule,
  DryrunModule,
  EmailModule,
  GithubStatusModule,
  GoogleChatModule,
  JiraModule,
  MicrosoftTeamsModule,
  PagerDutyModule,
  PubsubChannelModule,
  SlackModule,
  SmsModule,
];
