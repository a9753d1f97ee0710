import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, chromium } from 'playwright-core';
import { programNamed } from './server-process.js';

/** The Chromium of this machine, where it has one. */
export const chromiumPath =
  programNamed('chromium') ?? programNamed('chromium-browser') ?? programNamed('google-chrome');

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    // Root has no sandbox, and containers have little shared memory.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });

/** A window of its own, and what went wrong in it. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of pages and of their scripts. */
  readonly errors: string[];
  /** Requests to anybody but the service. */
  readonly strangers: string[];
}

/** @param origin the service; nothing else may be asked for anything */
export async function visit(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ baseURL: origin, ...options });
  const page = await context.newPage();
  const [errors, strangers]: [string[], string[]] = [[], []];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== origin) strangers.push(request.url());
  });
  return { context, page, errors, strangers };
}
