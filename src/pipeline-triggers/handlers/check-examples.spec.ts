import { describe, expect, it } from 'vitest';
import { HandlerBench } from '../../../test/support/handler-bench.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import type { IgorBuilds } from '../builds/igor-builds.js';
import type { TriggerHandler } from '../trigger-handler.js';
import { ArtifactoryHandler } from './artifactory/artifactory.handler.js';
import { BuildHandler } from './build/build.handler.js';
import { CdEventsHandler } from './cdevents/cdevents.handler.js';
import { DockerHandler } from './docker/docker.handler.js';
import { GitHandler } from './git/git.handler.js';
import { HelmHandler } from './helm/helm.handler.js';
import { HelmOciHandler } from './helm-oci/helm-oci.handler.js';
import { NexusHandler } from './nexus/nexus.handler.js';
import { PluginHandler } from './plugin/plugin.handler.js';
import { PubsubHandler } from './pubsub/pubsub.handler.js';
import { WebhookHandler } from './webhook/webhook.handler.js';

/** A trigger and what its event says beside what every event of the kind says; the trigger takes it or does not. */
interface Example {
  readonly rule: string;
  readonly trigger: object;
  readonly passes: object;
  readonly fails: object;
  readonly rejection: string;
}

interface Kind {
  readonly handler: TriggerHandler;
  readonly trigger: object;
  /** The event with what an example says. */
  readonly eventWith: (more: object) => object;
  readonly examples: readonly Example[];
}

const kind = <E>(handler: TriggerHandler<E>, rest: Omit<Kind, 'handler'>): Kind => ({
  handler: handler as unknown as TriggerHandler,
  ...rest,
});
const contentEvent =
  (type: string, content: object) =>
  (more: object): object => ({ details: { type }, content: { ...content, ...more } });
const payloadEvent =
  (type: string) =>
  (more: object): object => ({ details: { type, source: 's' }, content: {}, ...more });
const message = { subscriptionName: 'sub', pubsubSystem: 'GOOGLE' };

const noIgor = { enabled: false } as IgorBuilds;
const image = { account: 'a', repository: 'r', registry: 'x' };
const imageTag: Example = {
  rule: 'tag',
  trigger: { tag: 'v\\d+' },
  passes: { tag: 'v1' },
  fails: { tag: 'v1-rc' },
  rejection: 'v\\d+ | v1-rc',
};
const payloadConstraints: Example = {
  rule: 'payloadConstraints',
  trigger: { payloadConstraints: { env: '^prod$' } },
  passes: { payload: { env: 'prod' } },
  fails: { payload: { env: 'test' } },
  rejection: 'env: ^prod$ | test',
};

const KINDS: readonly Kind[] = [
  kind(new ArtifactoryHandler(), {
    trigger: { type: 'artifactory', artifactorySearchName: 'n' },
    eventWith: contentEvent('artifactory', { name: 'n' }),
    examples: [],
  }),
  kind(new BuildHandler(noIgor), {
    trigger: { type: 'jenkins', master: 'm', job: 'j' },
    eventWith: contentEvent('build', { master: 'm', project: { name: 'j', lastBuild: { result: 'SUCCESS' } } }),
    examples: [],
  }),
  kind(new CdEventsHandler(), {
    trigger: { type: 'cdevents', source: 's' },
    eventWith: payloadEvent('cdevents'),
    examples: [
      payloadConstraints,
      {
        rule: 'attributeConstraints',
        trigger: { attributeConstraints: { 'ce-type': 'dev.x' } },
        passes: { details: { type: 'cdevents', source: 's', requestHeaders: { 'ce-type': ['dev.x'] } } },
        fails: { details: { type: 'cdevents', source: 's', requestHeaders: { 'ce-type': ['dev.y'] } } },
        rejection: 'header ce-type: dev.x | dev.y',
      },
    ],
  }),
  kind(new DockerHandler(), {
    trigger: { type: 'docker', account: 'a', repository: 'r' },
    eventWith: contentEvent('docker', image),
    examples: [imageTag],
  }),
  kind(new GitHandler(new TestSettings()), {
    trigger: { type: 'git', source: 's', project: 'p', slug: 'r' },
    eventWith: (more) => ({
      details: { type: 'git', source: 's', requestHeaders: 'headers' in more ? more.headers : {} },
      content: { repoProject: 'p', slug: 'r', branch: 'main', ...more },
    }),
    examples: [
      {
        rule: 'branch',
        trigger: { branch: 'release/.*' },
        passes: { branch: 'release/1' },
        fails: { branch: 'main' },
        rejection: 'release/.* | main',
      },
      {
        rule: 'signature',
        trigger: {},
        passes: { headers: {} },
        fails: { headers: { 'x-hub-signature': ['sha1=0'] } },
        rejection: 'an event without signature: the trigger has no secret | a signed event',
      },
      {
        rule: 'events',
        trigger: { events: ['pull_request:opened'] },
        passes: { action: 'pull_request:opened' },
        fails: { action: 'push:push' },
        rejection: 'pull_request:opened | push:push',
      },
      {
        rule: 'properties',
        trigger: { properties: { title: 'mine' } },
        passes: {},
        fails: { title: 'theirs' },
        rejection: 'a trigger without a property title of its own, which the event has | a trigger with one',
      },
    ],
  }),
  kind(new HelmHandler(), {
    trigger: { type: 'helm', account: 'a' },
    eventWith: contentEvent('helm', { account: 'a', chart: 'c', version: '1.0.0', digest: 'd' }),
    examples: [
      {
        rule: 'version',
        trigger: { version: '^1.2.0' },
        passes: { version: '1.3.0' },
        fails: { version: '2.0.0' },
        rejection: '^1.2.0 | 2.0.0',
      },
    ],
  }),
  kind(new HelmOciHandler(), {
    trigger: { type: 'helm/oci', account: 'a', repository: 'r' },
    eventWith: contentEvent('helm/oci', image),
    examples: [imageTag],
  }),
  kind(new NexusHandler(), {
    trigger: { type: 'nexus', nexusSearchName: 'n' },
    eventWith: contentEvent('nexus', { name: 'n' }),
    examples: [],
  }),
  kind(new PluginHandler(), {
    trigger: { type: 'plugin' },
    eventWith: contentEvent('plugin', {}),
    examples: [],
  }),
  kind(new PubsubHandler(), {
    trigger: { type: 'pubsub', pubsubSystem: 'google', subscriptionName: 'sub' },
    eventWith: (more) => ({
      details: { type: 'pubsub' },
      content: { messageDescription: message },
      payload: {},
      ...more,
    }),
    examples: [
      {
        rule: 'payload',
        trigger: {},
        passes: { payload: {} },
        fails: { payload: null },
        rejection: 'a message that is a JSON object | another one',
      },
      payloadConstraints,
      {
        rule: 'attributeConstraints',
        trigger: { attributeConstraints: { env: 'prod' } },
        passes: { content: { messageDescription: { ...message, messageAttributes: { env: 'prod' } } } },
        fails: { content: { messageDescription: { ...message, messageAttributes: { env: 'test' } } } },
        rejection: 'env: prod | test',
      },
    ],
  }),
  kind(new WebhookHandler(), {
    trigger: { type: 'webhook', source: 's' },
    eventWith: payloadEvent('webhook'),
    examples: [payloadConstraints],
  }),
];

/** The constraints of builds are held against what igor says; see there. */
const ELSEWHERE = new Map([['BuildEventHandler', ['payloadConstraints']]]);

const ROWS = KINDS.flatMap(({ handler, trigger, eventWith, examples }) =>
  examples.map((example) => ({ ...example, handler, eventWith, trigger: { ...trigger, ...example.trigger } })),
);

describe('a rule', () => {
  it.each(ROWS)(
    '$rule of $handler.monitor passes what it should and rejects the rest, with its reason',
    async (row) => {
      const { handler, trigger, eventWith, passes, fails, rule, rejection } = row;
      const bench = new HandlerBench(handler);

      expect(await bench.hold(eventWith(passes), trigger)).toMatchObject({ started: [{}], rejections: [] });
      expect(await bench.hold(eventWith(fails), trigger)).toMatchObject({
        started: [],
        rejections: [`${rule}: ${rejection}`],
      });
    },
  );

  it.each(KINDS)('has examples, in its order: $handler.monitor', ({ handler, examples }) => {
    const rules = handler.checks.map(({ rule }) => rule);

    expect([...examples.map(({ rule }) => rule), ...(ELSEWHERE.get(handler.monitor) ?? [])]).toEqual(rules);
  });
});

describe('a trigger handler', () => {
  it.each(KINDS)('starts what its triggers wait for: $handler.monitor', async ({ handler, trigger, eventWith }) => {
    const { started } = await new HandlerBench(handler).hold(eventWith({ tag: 't' }), trigger);

    expect(started).toMatchObject([trigger].map(({ type }: { type?: string }) => ({ type })));
  });

  it.each(KINDS)('reads the types of triggers that no other reads: $handler.monitor', ({ handler }) => {
    const others = KINDS.filter((other) => other.handler !== handler).flatMap((other) => other.handler.triggerTypes);

    expect(handler.triggerTypes.filter((type) => others.includes(type))).toEqual([]);
  });

  it('reads all the types of the original', () => {
    expect(KINDS.flatMap(({ handler }) => handler.triggerTypes).sort()).toEqual(
      'artifactory cdevents concourse docker git gitlab-ci helm helm/oci jenkins nexus plugin pubsub travis webhook wercker'.split(
        ' ',
      ),
    );
  });
});
