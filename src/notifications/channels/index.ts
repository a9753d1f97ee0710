import { EmailModule } from './email/email.module.js';
import { SlackModule } from './slack/slack.module.js';

/** Echo's own channels. Taking one out is deleting its line and its folder. */
export const CHANNEL_MODULES = [EmailModule, SlackModule];
