import { createHash } from 'node:crypto';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Visit, chromiumPath, startBrowser, visit } from '../support/browser.js';
import { type RunningEcho, startEcho, until } from '../support/echo.js';
import { json } from '../support/http-peer.js';
import { whyMissing } from '../support/server-process.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const hashOf = (token: string): string => `sha256:${createHash('sha256').update(token).digest('hex')}`;
const TOKENS = [
  { name: 'ann', hash: hashOf('ann-looks'), scopes: ['read'] },
  { name: 'bob', hash: hashOf('bob-repairs'), scopes: ['operate'] },
  { name: 'carol', hash: hashOf('carol-decides'), scopes: ['admin'] },
];
const ANN: BrowserContextOptions = { httpCredentials: { username: 'ann', password: 'ann-looks' } };

const nightly = {
  application: 'shop',
  name: 'Nightly',
  id: 'nightly',
  triggers: [{ enabled: true, type: 'cron', id: 'c', cronExpression: '0 0 3 1 1 ?', timeZone: 'Europe/Berlin' }],
};

const PAGES = ['', '/events', '/decisions', '/triggers', '/starts', '/effects', '/notifications', '/cron'];

let echo: RunningEcho;
let browser: Browser;
let visits: Visit[] = [];

describe.runIf(chromiumPath)(`The console in Chromium${whyMissing('chromium', chromiumPath)}`, () => {
  beforeAll(async () => {
    browser = await startBrowser();
    echo = await startEcho({
      pipelines: [webhookPipeline('good'), webhookPipeline('bad'), nightly],
      env: {
        NEST_PROFILE: 'echo-scheduler',
        SECURITY_TRUSTLOOPBACK: 'false',
        ...Object.fromEntries(
          TOKENS.flatMap(({ name, hash, scopes }, i) => [
            [`SECURITY_TOKENS_${i}_NAME`, name],
            [`SECURITY_TOKENS_${i}_HASH`, hash],
            [`SECURITY_TOKENS_${i}_SCOPES`, scopes.join(',')],
          ]),
        ),
      },
    });
  });
  afterEach(async () => {
    await Promise.all(visits.map(({ context }) => context.close()));
    visits = [];
  });
  afterAll(async () => {
    await browser.close();
    await echo.close();
  });

  /** Somebody who may look, unless told otherwise. */
  async function open(path: string, options: BrowserContextOptions = ANN): Promise<Visit> {
    const opened = await visit(browser, echo.url, options);
    visits.push(opened);
    await opened.page.goto(path);
    return opened;
  }

  it.each(PAGES)('the page /console%s opens without a fault, and asks nobody else for anything', async (path) => {
    const { page, errors, strangers } = await open(`/console${path}`);

    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('nav a[aria-current=page]').count()).toBe(1);
    expect(errors).toEqual([]);
    expect(strangers).toEqual([]);
  });

  it('leads from the address of the service to the first page, and on to all others', async () => {
    const { page } = await open('/');
    expect(new URL(page.url()).pathname).toBe('/console');

    const names = await page.locator('nav a').allTextContents();
    for (const name of names) {
      await page.getByRole('link', { name, exact: true }).click();
      expect(await page.locator('nav a[aria-current=page]').textContent()).toBe(name);
    }
    expect(names).toHaveLength(PAGES.length);
  });

  it('shows nobody anything without a token', async () => {
    await expect(open('/console', {})).rejects.toThrow('ERR_INVALID_AUTH_CREDENTIALS');
  });

  it.each(['light', 'dark'] as const)('is %s where the system is', async (colorScheme) => {
    const { page } = await open('/console', { ...ANN, colorScheme });

    const [ink, paper] = await page.evaluate<[number, number]>(`(() => {
      const canvas = document.createElement('canvas').getContext('2d');
      const bright = (color) => { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data[0]; };
      document.body.style.background = 'Canvas';
      const { color, backgroundColor } = getComputedStyle(document.body);
      return [bright(color), bright(backgroundColor)];
    })()`);
    expect(ink < paper).toBe(colorScheme === 'light');
  });

  describe('by keyboard alone', () => {
    const focused = (page: Page): Promise<string> =>
      page.evaluate(`document.activeElement.textContent.trim() || document.activeElement.name`);

    it('goes around the menu, through it, and on to the content, always with the place to be seen', async () => {
      const { page } = await open('/console/cron');
      const stops: string[] = [];
      for (let i = 0; i < PAGES.length + 4; i++) {
        await page.keyboard.press('Tab');
        stops.push(await focused(page));
        const outline = await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle`);
        expect(outline).not.toBe('none');
      }

      const names = await page.locator('nav a').allTextContents();
      expect(stops).toEqual(['To the content', ...names, 'expression', 'zone', 'Show']);

      await page.goto('/console/cron');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('expression');
    });

    it('tries an expression', async () => {
      const { page } = await open('/console/cron');
      await page.getByLabel('Expression').focus();
      await page.keyboard.type('0 0 9 ? * MON');
      await page.keyboard.press('Enter');

      await page.waitForURL(/expression=/);
      expect(await page.locator('main').textContent()).toContain('only on Monday');
    });

    it('pauses a trigger and lets it run again, with the token of somebody who may', async () => {
      const { page } = await open('/console/triggers');
      await page.getByRole('link', { name: '0 0 3 1 1 ?' }).press('Enter');
      await page.getByLabel('Note').focus();
      await page.keyboard.type('frozen');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      expect(await focused(page)).toBe('token');
      await page.keyboard.type('bob-repairs');
      await page.keyboard.press('Enter');

      await page.getByText('Europe/Berlin: trigger paused by bob: frozen').waitFor();
      expect(await focused(page)).toBe('The trigger is paused.');
      await page.getByRole('button', { name: 'Resume' }).press('Enter');
      await page.getByText('It runs again.').waitFor();
      expect(await page.locator('main').textContent()).toContain('active');
    });
  });

  it('changes nothing for somebody who may only look, and says why', async () => {
    const { page } = await open('/console/triggers');
    await page.getByLabel('Application', { exact: true }).fill('shop');
    await page.getByRole('button', { name: 'Pause' }).click();

    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain('wants a token');
    await dialog.getByLabel('Token').fill('ann-looks');
    await page.keyboard.press('Enter');
    await page.getByText("'ann' has not the scope operate").waitFor();
    await dialog.getByLabel('Token').fill('made-up');
    await page.keyboard.press('Enter');
    await page.getByText('This token is not known.').waitFor();
    await page.keyboard.press('Escape');

    await page.reload();
    expect(await page.locator('main').textContent()).not.toContain('paused by');
  });

  it('changes a setting for who decides, says who it was and why, and takes the change back', async () => {
    const { page } = await open('/console');
    await withToken(page, 'bob-repairs');
    const [change, back] = [page.locator('form[data-call^=PUT]'), page.locator('form[data-call^=DELETE]')];
    await change.getByLabel('Setting').selectOption('quietPeriod.startIso');
    await change.getByLabel('Value').fill('2040-01-01T00:00:00Z');
    await change.getByLabel('Why').fill('holidays');
    await change.getByRole('button').click();
    await page.getByText("'bob' has not the scope admin").waitFor();
    await page.getByRole('dialog').getByLabel('Token').fill('carol-decides');
    await page.keyboard.press('Enter');
    await page.getByText('The setting is changed.').waitFor();

    const row = page.getByRole('row', { name: 'quietPeriod.startIso' });
    expect(await row.textContent()).toMatch(/2040-01-01T00:00:00Z.*carol.*holidays/);
    await back.getByLabel('Setting').selectOption('quietPeriod.startIso');
    await back.getByLabel('Why').fill('over');
    await back.getByRole('button').click();
    await page.getByText('The change is taken back.').waitFor();
    expect(await row.textContent()).not.toContain('carol');
  });

  it('tries dead effects again, or puts them aside with a reason', async () => {
    echo.spinnaker.orca.answering(() => json({ message: 'no' }, 400));
    for (const n of [1, 2]) await echo.post('/webhooks/webhook/bad', { n });
    const { page } = await open('/console/effects?state=dead');
    await until(async () => {
      await page.reload();
      return (await page.getByRole('checkbox').count()) === 2;
    });
    echo.spinnaker.orca.answeringAsUsual();
    await withToken(page);

    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('say why').or(page.getByText('Name the effects')).waitFor();
    await page.getByRole('checkbox').first().check();
    await page.getByLabel('Reason').fill('known');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('put aside: 1').waitFor();
    expect(await page.getByRole('cell', { name: 'discarded', exact: true }).count()).toBe(1);

    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'again' }).click();
    await page.getByText('tried again: 1').waitFor();
    await until(() => echo.spinnaker.orca.posted('/orchestrate').length === 3);
  });

  it('replays an event, but not before it was shown what that would start', async () => {
    await echo.post('/webhooks/webhook/good', { n: 7 });
    const { page } = await open('/console/events?source=good');
    await until(async () => {
      await page.reload();
      return (await page.locator('tbody a').count()) > 0;
    });
    await withToken(page);
    await page.locator('tbody a').first().click();
    const started = echo.spinnaker.orca.posted('/orchestrate').length;

    const replay = page.getByRole('button', { name: 'Replay' });
    expect(await replay.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'What would it start?' }).click();
    await page.getByText('would start').waitFor();
    expect(echo.spinnaker.orca.posted('/orchestrate')).toHaveLength(started);
    await replay.click();
    await page.getByText('The event is replayed').waitFor();
    await until(() => echo.spinnaker.orca.posted('/orchestrate').length === started + 1);
  });

  it('does nothing that a page of another site asks for in the name of who is signed in', async () => {
    const { page } = await open('/console/triggers');
    await page.route('http://evil.test/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${echo.url}/effects/redrive" enctype="text/plain"><input name='{"kind":"start","reason":"' value='"}'></form>`,
      }),
    );
    await page.goto('http://evil.test/');
    const [answer] = await Promise.all([
      page.waitForResponse(`${echo.url}/effects/redrive`),
      page.evaluate(`document.forms[0].submit()`),
    ]);

    expect(answer.status()).toBe(401);
  });

  /** As if the token had been asked for and given before. */
  const withToken = (page: Page, token = 'bob-repairs'): Promise<unknown> =>
    page.evaluate(`sessionStorage.setItem('echo-token', '${token}')`);
});
