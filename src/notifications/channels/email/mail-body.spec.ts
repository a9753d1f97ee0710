import { expect, it } from 'vitest';
import { TestSettings } from '../../../../test/support/test-settings.js';
import { readDirectNotification } from '../../direct/direct-notification.js';
import { Templates } from '../../templates/templates.js';
import { MailBodies } from './mail-body.js';

it("an operator's whole page is the mail as it is, and its text is what a reader of the page sees", () => {
  const settings = new TestSettings({});
  const page = '<html>\n<head><title>Title</title></head>\n<body><p>Hello</p></body></html>';
  const request = readDirectNotification({ notificationType: 'EMAIL', templateGroup: 'own' });

  const body = new MailBodies(new Templates(settings), settings).direct('S', page, request);

  expect(body).toEqual({ html: page, text: 'Hello' });
});
