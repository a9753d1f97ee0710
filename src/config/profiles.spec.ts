import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from './catalogue.js';
import { isWithin, pathOf, segmentsOf } from './key.js';
import { ACCEPTED_KEYS } from './known-original-keys.js';
import { PROFILES } from './profile.js';
import { parseYamlFile } from './sources/yaml-file.js';

const FOLDER = path.join(import.meta.dirname, 'profiles');
const textOf = (name: string): string => readFileSync(path.join(FOLDER, name), 'utf8');

describe('the roles of a process', () => {
  it('are off until a file or a variable says otherwise', () => {
    const roles = ['scheduler.enabled', 'scheduler.pipelineConfigsPoller.enabled', 'scheduler.compensationJob.enabled'];
    const defaults = catalogue().filter(({ key }) => roles.includes(key));

    expect(defaults.map((setting) => setting.default)).toEqual([false, false, false]);
  });
});

describe('the built-in files', () => {
  it('are the base and one for every profile', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(['base', ...PROFILES].map((name) => `${name}.yml`).sort());
  });

  it.each([
    ['echo', { enabled: false, pipelineConfigsPoller: { enabled: false }, compensationJob: { enabled: false } }],
    [
      'echo-scheduler',
      { enabled: true, pipelineConfigsPoller: { enabled: true }, compensationJob: { enabled: false } },
    ],
    [
      'echo-missed-scheduler',
      {
        enabled: true,
        pipelineConfigsPoller: { enabled: false },
        compensationJob: { enabled: true, pipelineFetchSize: 50, recurringPollIntervalMs: 60_000, windowMs: 300_000 },
      },
    ],
  ])('give %s exactly the values of the documented deployment', (profile, scheduler) => {
    expect(parse(textOf(`${profile}.yml`))).toEqual({ scheduler });
  });

  it('give standalone every role, pipelines from a folder, and an orca of its own', () => {
    expect(parse(textOf('standalone.yml'))).toMatchObject({
      scheduler: { enabled: true, pipelineConfigsPoller: { enabled: true }, compensationJob: { enabled: true } },
      pipelines: { folder: 'examples/pipelines' },
      orca: { baseUrl: 'http://127.0.0.1:${server.port}/sandbox/orca' },
    });
  });

  it('give every profile the packaged defaults of the original that Echo honours', () => {
    expect(parse(textOf('base.yml'))).toEqual({
      server: { port: 8089 },
      spring: { application: { name: 'echo' } },
      spinnaker: { baseUrl: '${services.deck.baseUrl:http://localhost:9000}' },
      front50: { baseUrl: '${services.front50.baseUrl:http://localhost:8080}' },
      orca: {
        enabled: '${services.orca.enabled:true}',
        baseUrl: '${services.orca.baseUrl:http://localhost:8083}',
      },
      igor: {
        enabled: '${services.igor.enabled:false}',
        baseUrl: '${services.igor.baseUrl:http://localhost:8088}',
      },
      services: { fiat: { enabled: false, baseUrl: 'http://localhost:7003' } },
      scheduler: {
        enabled: '${services.echo.cron.enabled:true}',
        pipelineConfigsPoller: { enabled: true },
        compensationJob: { enabled: false },
        cron: { timezone: '${global.spinnaker.timezone:America/Los_Angeles}' },
      },
      webhooks: { artifacts: { enabled: false, sources: [] } },
      resilience4j: {
        circuitbreaker: {
          instances: {
            telemetry: { minimumNumberOfCalls: 5, slidingWindowSize: 10, waitDurationInOpenState: '12h' },
          },
        },
      },
      platform: { http: { httpProxy: '${HTTP_PROXY:}', httpsProxy: '${HTTPS_PROXY:}', noProxy: '${NO_PROXY:}' } },
    });
  });

  it('hold known keys only', () => {
    const known = [...catalogue().map(({ key }) => key), ...ACCEPTED_KEYS].map((key) => pathOf(segmentsOf(key)));
    const written = readdirSync(FOLDER).flatMap((name) =>
      parseYamlFile({ name, text: textOf(name), kind: 'profile' }).documents.flat(),
    );

    expect(written.filter((entry) => !known.some((key) => isWithin(entry.path, key)))).toEqual([]);
  });
});
