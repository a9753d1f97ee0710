import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho, until } from '../support/echo.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const HOSTILE = '<script>alert(1)</script>';

const nightly = {
  application: 'shop',
  name: `Nightly ${HOSTILE}`,
  id: 'nightly',
  triggers: [
    { enabled: true, type: 'cron', id: 'c', cronExpression: '0 0 3 ? * *', timeZone: 'Europe/Berlin' },
    { enabled: true, type: 'cron', id: 'never', cronExpression: '0 0 3 1 1 ? 2001' },
  ],
};

let echo: RunningEcho;

beforeAll(async () => {
  echo = await startEcho({
    pipelines: [webhookPipeline('good'), nightly],
    env: { SCHEDULER_TRIGGERS_ENABLED: 'false' },
  });
});

afterAll(() => echo.close());

const page = async (path: string): Promise<string> => {
  const answer = await echo.get(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  return answer.text();
};

/** What a reader sees: cells and paragraphs without markup. */
const textOf = (html: string): string =>
  html
    .slice(html.indexOf('<main'))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('GET /', () => {
  it('leads a browser to the console', async () => {
    const answer = await fetch(`${echo.url}/`, { headers: { accept: 'text/html,*/*' }, redirect: 'manual' });

    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/console']);
  });

  it('is not possible for all others, as ever', async () => {
    expect((await fetch(`${echo.url}/`, { headers: { accept: 'application/json' } })).status).toBe(405);
  });
});

describe('The first page', () => {
  it('shows the health of every part, the switches and the quiet period', async () => {
    const text = textOf(await page('/console'));

    expect(text).toMatch(/pipelines UP/);
    expect(text).toContain(`${new URL(echo.spinnaker.front50.url).host} answers`);
    expect(text).toMatch(/ orca\.enabled on .* Starts pipelines/);
    expect(text).toMatch(/ scheduler\.triggers\.enabled off /);
    expect(text).toMatch(/ quietPeriod\.enabled true /);
    expect(text).toContain('It is not a quiet period now.');
  });

  it('shows what fires next on the clock of its zone, and nothing that is never due', async () => {
    await until(async () => (await page('/console')).includes('Europe/Berlin'));

    const text = textOf(await page('/console'));
    expect(text).toMatch(/03:00:00 Europe\/Berlin shop: Nightly/);
    expect(text).not.toContain('2001');
  });

  it('shows texts of others as texts', async () => {
    await until(async () => (await page('/console')).includes('shop: Nightly'));

    const html = await page('/console');
    expect(html).not.toContain('<script>');
    expect(html).toContain('Nightly &lt;script&gt;alert(1)&lt;/script&gt;');
  });
});

describe('The page of decisions', () => {
  it('says of an event why it started something, and of a pipeline why it did not', async () => {
    await echo.post('/webhooks/webhook/good', {});
    await echo.idle();

    expect(textOf(await page('/console/decisions'))).toMatch(/webhook app: good webhook started/);
    expect(textOf(await page('/console/decisions?id=nobody'))).toContain('Nothing is known');
  });

  it('shows no more than one application where it is asked for one', async () => {
    await echo.post('/webhooks/webhook/good', {});
    await echo.idle();

    expect(textOf(await page('/console/decisions?id=app'))).toContain('started');
    expect(textOf(await page('/console/decisions?id=shop'))).toContain('Nothing is known');
  });
});

describe('The pages of events', () => {
  it('list what came in, and lead to what was decided about an event and what went out for it', async () => {
    await echo.post('/webhooks/webhook/good', { to: HOSTILE });
    await echo.idle();

    const list = await page('/console/events?source=good');
    const [, path = ''] = /href="(\/console\/events\/[^"]+)"/.exec(list) ?? [];
    const html = await page(path);
    expect(textOf(html)).toMatch(/webhook event .* app: good webhook started .* start done 1/);
    expect(html).toContain('&lt;script&gt;');
    const unknown = await echo.get('/console/events/unknown');
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(textOf(await unknown.text())).toContain('There is no event unknown');
    expect(textOf(await page('/console/events?source=nobody'))).toContain('No such event is kept.');
  });
});

describe('The pages of cron triggers', () => {
  it('find triggers by application, pipeline or key, and show when one is due', async () => {
    await until(async () => (await page('/console/triggers')).includes('Europe/Berlin'));
    expect(textOf(await page('/console/triggers?id=nobody'))).toContain('There is no such trigger.');

    const [, path = ''] = /href="(\/console\/triggers\/[^"]+)"/.exec(await page('/console/triggers?id=nightly')) ?? [];
    const text = textOf(await page(path));
    expect(text.match(/03:00:00/g)).toHaveLength(10);
    expect(text).toContain('None was reached');
  });

  it('offer a pause only where this Echo has the endpoint', async () => {
    expect(await page('/console/triggers')).not.toContain('data-call');
  });
});

describe('The page of starts', () => {
  it('shows what was started, because of what, and how long it took', async () => {
    await echo.post('/webhooks/webhook/good', {});
    await echo.idle();

    expect(textOf(await page('/console/starts'))).toMatch(/app: good event done \d+ ms/);
  });
});

describe('The page of effects', () => {
  it('shows what went out, by state', async () => {
    await echo.post('/webhooks/webhook/good', {});
    await echo.idle();

    expect(textOf(await page('/console/effects?state=done'))).toMatch(/start .* done 1/);
    expect(textOf(await page('/console/effects?state=dead'))).toContain('There is nothing in this state.');
  });
});

describe('The page of cron expressions', () => {
  const cron = (query: Record<string, string>): Promise<string> => page(`/console/cron?${new URLSearchParams(query)}`);

  it('says what an expression means and when it is due', async () => {
    const text = textOf(await cron({ expression: '0 30 9 ? * MON', zone: 'Asia/Tokyo' }));

    expect(text).toContain('At 9:30 AM, only on Monday');
    expect(text.match(/Mon \d{4}-\d\d-\d\d 09:30:00/g)).toHaveLength(20);
  });

  it('says what is wrong', async () => {
    expect(await cron({ expression: '0 0 25 ? * *' })).toContain('Hour values must be between 0 and 23');
    expect(await cron({ expression: '0 0 5 ? * *', zone: 'Mars/Base' })).toContain('There is no time zone');
    expect(await cron({ expression: `"><script>` })).not.toContain('<script>');
  });
});

const PAGES = ['', '/events', '/decisions', '/triggers', '/starts', '/effects', '/notifications', '/cron'];

describe('Every page', () => {
  it.each(PAGES.map((name) => `/console${name}`))(
    '%s is closed to callers from elsewhere, has a heading, a way around the menu, and nothing from outside',
    async (path) => {
      const elsewhere = await echo.app.inject({ method: 'GET', url: path, remoteAddress: '203.0.113.7' });
      expect(elsewhere.statusCode).toBe(401);

      const html = await page(path);
      expect(html).toContain('<html lang="en">');
      expect(html.match(/<h1>/g)).toHaveLength(1);
      expect(html).toContain('href="#main"');
      expect(html.match(/aria-current="page"/g)).toHaveLength(1);
      expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
      for (const [input] of html.matchAll(/<input(?![^>]*(?:type="hidden"|aria-label))[^>]*>/g))
        expect(html).toMatch(new RegExp(`<label>[^<]*${input}`));
    },
  );
});
