/** On the answers of the original's endpoints, as it sends them (edges.md §2.3): pages of other sites may call. */
export const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, GET, OPTIONS, DELETE',
  'access-control-max-age': '3600',
  'access-control-allow-headers': 'x-requested-with,Content-Type',
};

/** The first segments of the original's paths; `''` is `/` itself. */
const ORIGINAL = new Set([
  '',
  'health',
  'installedPlugins',
  'notifications',
  'pubsub',
  'quietPeriod',
  'scheduledActions',
  'spectator',
  'validateCronExpression',
  'webhooks',
]);

const PAGES = new Set(['docs', 'console']);

const SAFE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Data is never run, whatever a browser takes it for. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
/** Pages load what they need from here, and may carry styles in themselves. */
const PAGE_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const ONE_YEAR = 'max-age=31536000';

const firstSegment = (url: string): string => /^\/*([^/?]*)/.exec(url)?.[1] ?? '';

/** Whether a path is, or looks like, one of the original's. */
export const isOriginal = (url: string): boolean => ORIGINAL.has(firstSegment(url));

const answerHeaders = (policy: string): Readonly<Record<'plain' | 'secure', Readonly<Record<string, string>>>> => {
  const plain = { ...SAFE, 'content-security-policy': policy };
  return { plain, secure: { ...plain, 'strict-transport-security': ONE_YEAR } };
};
const DATA = answerHeaders(DATA_POLICY);
const PAGE = answerHeaders(PAGE_POLICY);

/** What every answer says to browsers, so that it is neither framed, nor guessed at, nor kept. */
export const safetyHeaders = (url: string, secure: boolean): Readonly<Record<string, string>> =>
  (PAGES.has(firstSegment(url)) ? PAGE : DATA)[secure ? 'secure' : 'plain'];
