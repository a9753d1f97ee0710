import { describe, expect, it } from 'vitest';
import { methodsAt } from './routes.js';

const ROUTES = [
  { method: 'POST', url: '/' },
  { method: 'GET', url: '/health' },
  { method: 'HEAD', url: '/health' },
  { method: 'POST', url: '/webhooks/:type/:source' },
  { method: 'DELETE', url: '/scheduledActions/:id' },
  { method: 'GET', url: '/docs/*' },
];

describe('the methods that a path knows', () => {
  it.each([
    ['/', ['POST']],
    ['/?a=/x', ['POST']],
    ['/health', ['GET']],
    ['/health/', ['GET']],
    ['/webhooks/git/github', ['POST']],
    ['/webhooks/git', []],
    ['/webhooks/git/github/more', []],
    ['/docs/a/b', ['GET']],
    ['/nowhere', []],
  ])('%s: %j', (url, methods) => {
    expect(methodsAt(ROUTES, url)).toEqual(methods);
  });
});
