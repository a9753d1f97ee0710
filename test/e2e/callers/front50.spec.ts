import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../../support/echo.js';

let echo: RunningEcho;
beforeAll(async () => {
  const trigger = { enabled: true, type: 'plugin', pluginEventType: 'PUBLISHED' };
  const pipeline = { application: 'app', name: 'plugin', id: 'plugin', triggers: [trigger], stages: [] };
  echo = await startEcho({ pipelines: [pipeline] });
});
afterAll(() => echo.close());

it.each([
  ['PUBLISHED', 1],
  ['PREFERRED_VERSION_UPDATED', 0],
])('front50 tells that a plugin is %s', async (pluginEventType, starts) => {
  const before = echo.spinnaker.orca.posted('/orchestrate').length;
  const content = {
    pluginId: 'acme.plugin',
    description: 'd',
    provider: 'acme',
    version: '1.0.0',
    releaseDate: '2024-01-01T00:00:00Z',
    requires: 'orca>=0.0.0',
    parsedRequires: [{ service: 'orca', operator: 'GREATER_THAN_EQUAL', constraint: '0.0.0' }],
    binaryUrl: 'http://acme/p.zip',
    sha512sum: 'abc',
    preferred: true,
    lastModified: null,
  };

  const details = { type: 'plugin', source: 'front50', attributes: { pluginEventType } };
  expect((await echo.post('/', { details, content })).status).toBe(200);
  await echo.idle();

  const bodies = echo.spinnaker.orca.posted('/orchestrate').slice(before);
  expect(bodies.map(({ trigger }) => trigger)).toMatchObject(
    Array.from({ length: starts }, () => ({ type: 'plugin', pluginId: 'acme.plugin', version: '1.0.0' })),
  );
});
