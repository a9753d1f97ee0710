import { objectOf } from './answers.js';
import type { Command, Finding } from './command.js';
import { good } from './echo-api.js';

/** `echo test-notification`: one message by one channel, as orca would ask for it. */
export const testNotification: Command = {
  name: 'test-notification',
  usage: '<channel> <address> [--subject <text>] [--body <text>]',
  summary: 'sends a message, to see that a channel works',
  options: { subject: 'of the message', body: 'of the message' },
  words: [2, 2],
  async run({ words: [channel = '', address = ''], options, api }): Promise<Finding> {
    const { subject = 'A test from Echo', body = 'This message was sent by hand, to see that the channel works.' } =
      options;
    const echo = await api();
    const answer = await echo.post('/notifications', {
      notificationType: channel.toUpperCase().replaceAll('-', '_'),
      to: [address],
      source: { executionType: 'test', executionId: 'test', application: 'echo', user: 'echo' },
      additionalContext: { subject, body },
    });
    const data = good(answer);
    // The endpoint answers callers of Spinnaker 200 even where no channel took the message.
    return { data, text: `${JSON.stringify(data)}\n`, code: objectOf(data)['kind'] === 'untaken' ? 1 : 0 };
  },
};
