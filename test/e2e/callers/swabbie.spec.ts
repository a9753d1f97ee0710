import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../../support/echo.js';
import { type ReceivedMail, SmtpPeer } from '../../support/smtp-peer.js';
import { readMail } from '../../wire/mail.js';

let echo: RunningEcho;
let server: SmtpPeer;
const mails: ReceivedMail[] = [];
beforeAll(async () => {
  server = await SmtpPeer.start((mail) => {
    mails.push(mail);
    return { kind: 'taken' };
  });
  const mail = { MAIL_ENABLED: 'true', MAIL_FROM: 'echo@x.example', SPRING_MAIL_HOST: '127.0.0.1' };
  echo = await startEcho({ env: { ...mail, SPRING_MAIL_PORT: String(server.port) } });
});
afterAll(async () => {
  await echo.close();
  await server.close();
});

it('swabbie warns owners by its own templates', async () => {
  const resource = { resourceId: 'ami-1', name: 'old image', createTs: 1_500_000_000_000, somethingNew: null };
  const more = { resourceUrl: 'http://x', account: 'test', location: 'us-east-1', optOutUrl: 'http://out' };
  const answer = await echo.post('/notifications', {
    notificationType: 'EMAIL',
    to: ['owner@x.example', 'team@x.example'],
    cc: [],
    severity: 'HIGH',
    source: { application: 'swabbie' },
    templateGroup: 'swabbie',
    additionalContext: {
      resourceType: 'image',
      resources: [{ ...more, resource, deletionDate: 'tomorrow' }],
      slackChannelLink: 'http://slack',
    },
  });

  expect(answer.status).toBe(200);
  const [mail] = mails;
  expect(mail?.to).toEqual(['owner@x.example', 'team@x.example']);
  const { subject, content } = readMail(mail?.raw ?? '');
  expect(subject).toContain('image');
  for (const part of ['ami-1', 'old image', 'http://out']) expect(JSON.stringify(content)).toContain(part);
});
