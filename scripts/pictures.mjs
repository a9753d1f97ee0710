/**
 * Takes the pictures of docs/images from a service with a simulated orca: `npm run docs:pictures`, or with `-- mails` those
 * of mails alone, with `-- console` those of the console. It needs a Chromium (Debian's package `chromium`); CHROMIUM
 * names another one than /usr/bin/chromium.
 */
import { cp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { startService } from '../bench/lib/service.mjs';
import { takeMails } from './mail-pictures.mjs';

const folder = path.join(import.meta.dirname, '../docs/images');
const SIZE = { width: 960, height: 600 };

const EVENTS = [
  ['/webhooks/webhook/hello', { who: 'you' }],
  ['/', docker('tag-1', 'v1.4.0')],
  ['/', docker('tag-2', 'latest')],
  ['/', docker('tag-3', 'v1.4.1-rc1')],
];

function docker(eventId, tag) {
  const content = { account: 'docker-hub', registry: 'docker.io', repository: 'library/shop', tag };
  return { details: { type: 'docker', source: 'igor' }, eventId, content };
}

const PICTURES = [
  { name: 'now', path: '/console', colorScheme: 'light' },
  { name: 'next', path: '/console#next', colorScheme: 'dark' },
  { name: 'decisions', path: '/console/decisions', colorScheme: 'dark' },
  { name: 'event', path: '/console/events/tag-2', colorScheme: 'light' },
  { name: 'trigger', path: '/console/triggers', colorScheme: 'dark', click: 'tbody a' },
];

async function sendEvents(url) {
  for (const [where, body] of EVENTS) {
    await fetch(url + where, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
  while (!(await (await fetch(`${url}/admin/idle`)).json()).idle) await new Promise((go) => setTimeout(go, 50));
}

async function take(browser, url, { name, path: where, colorScheme, click }) {
  const page = await browser.newPage({ viewport: SIZE, colorScheme });
  await page.goto(url + where);
  if (click) await page.locator(click).first().click();
  await page.screenshot({ path: fileOf(`console-${name}`) });
  await page.close();
}

const fileOf = (name) => path.join(folder, `${name}.png`);

async function takeConsole(browser) {
  // Pages show where pipelines come from, and pictures need not tell where they were taken.
  const pipelines = path.join(tmpdir(), 'pipelines');
  await cp(path.join(import.meta.dirname, '../examples/pipelines'), pipelines, { recursive: true });
  const service = await startService({ NEST_PROFILE: 'standalone', PIPELINES_FOLDER: pipelines });
  await sendEvents(service.url);
  for (const picture of PICTURES) await take(browser, service.url, picture);
  await service.stop();
  await rm(pipelines, { recursive: true });
}

await mkdir(folder, { recursive: true });
const wanted = process.argv.slice(2);
const isWanted = (what) => wanted.length === 0 || wanted.includes(what);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
if (isWanted('console')) await takeConsole(browser);
if (isWanted('mails')) await takeMails(browser, fileOf);
await browser.close();
