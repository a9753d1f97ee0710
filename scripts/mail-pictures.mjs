/** Pictures of every mail that Echo sends, as its preview shows them. */
import { startService } from '../bench/lib/service.mjs';

const SIZE = { width: 680, height: 300 };

const EXECUTION = {
  id: '01K0EXAMPLE',
  name: 'deploy',
  trigger: { buildInfo: { url: 'https://ci.example/7', number: 7 } },
};

function event(kind, status, notification = {}, content = {}) {
  const entry = { type: 'email', address: 'ann@shop.example', when: [`${kind}.${status}`], ...notification };
  const isStage = kind === 'stage';
  return {
    event: {
      details: { source: 'orca', type: `orca:${kind}:${status}`, application: 'shop' },
      content: {
        execution: { ...EXECUTION, ...(!isStage && { notifications: [entry] }) },
        ...(isStage && { context: { sendNotifications: true, notifications: [entry] } }),
        ...content,
      },
    },
  };
}

const direct = (more) => ({
  notificationType: 'EMAIL',
  to: ['ann@shop.example'],
  source: { application: 'shop', executionId: EXECUTION.id },
  ...more,
});

const judgment = (templateGroup, more) =>
  direct({
    templateGroup,
    additionalContext: { stageName: 'Go live?', stageId: '3', execution: EXECUTION, ...more },
  });

const resource = (id, name) => ({
  resourceUrl: `https://deck.example/${id}`,
  optOutUrl: `https://swabbie.example/${id}/opt-out`,
  account: 'prod',
  location: 'us-west-2',
  deletionDate: 'Fri, 31 Jul 2026',
  resource: { resourceId: id, name, createTs: Date.UTC(2026, 0, 14) },
});

/** By the name of the picture: what the preview is asked for. */
const MAILS = {
  'event-failed': event('pipeline', 'failed', {
    message: { 'pipeline.failed': { text: 'Call **Ann**, or see the [runbook](https://x.example).' } },
  }),
  'event-complete': event('pipeline', 'complete'),
  'event-stage': event('stage', 'starting', {}, { name: 'bake' }),
  authored: event('pipeline', 'complete', {
    customSubject: 'Release 7',
    customBody: '## Release 7\n\n- new prices\n- see [what changed]({{link}})',
  }),
  'judgment-asked': judgment('manualJudgment', { instructions: 'Look at the <b>error rate</b> first.' }),
  'judgment-continue': judgment('manualJudgmentContinue', { judgedBy: 'ann', judgmentInput: 'blue' }),
  'judgment-stop': judgment('manualJudgmentStop', { judgedBy: 'ann', message: 'The error rate is too high.' }),
  keel: direct({
    templateGroup: 'keelIntent',
    additionalContext: {
      eventKind: 'Deployed',
      intentId: 'shop-prod',
      subject: 'shop in prod',
      body: 'Version 7 is in **prod**.',
    },
  }),
  swabbie: direct({
    templateGroup: 'swabbie',
    additionalContext: {
      resourceType: 'Image',
      slackChannelLink: 'https://slack.example/spinnaker',
      resources: [resource('ami-1', 'base-2026-01'), resource('ami-2', 'ami-2')],
    },
  }),
};

async function htmlOf(url, wanted) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/notifications/preview`, { method: 'POST', headers, body: JSON.stringify(wanted) });
  const [preview] = await answer.json();
  if (!preview?.messages?.[0]) throw new Error(`No mail: ${JSON.stringify(preview)}`);
  return preview.messages[0].html;
}

/** @param fileOf gives the path of a picture by its name */
export async function takeMails(browser, fileOf) {
  const templatePath = process.env.NOTIFICATIONS_TEMPLATEPATH;
  const service = await startService({
    NEST_PROFILE: 'standalone',
    SPINNAKER_BASEURL: 'https://deck.example',
    MAIL_ENABLED: 'true',
    MAIL_FROM: 'spinnaker@shop.example',
    SPRING_MAIL_HOST: '127.0.0.1',
    ...(templatePath && { NOTIFICATIONS_TEMPLATEPATH: templatePath }),
  });
  const page = await browser.newPage({ viewport: SIZE });
  for (const [name, wanted] of Object.entries(MAILS)) {
    await page.setContent(await htmlOf(service.url, wanted));
    await page.screenshot({ path: fileOf(`mail-${name}`), fullPage: true });
  }
  await page.close();
  await service.stop();
}
