import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Module } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EchoEventListener, type EventListener } from '../../src/extension-api.js';
import { type Effect, Outbox } from '../../src/outbox/index.js';
import { Deferred } from '../../src/platform/lifecycle/index.js';
import { type RunningEcho, startEcho, until } from './echo.js';
import { metricOf } from './shown-metrics.js';

export const SUBSCRIPTION = 'orders';

/** A broker as tests handle it, whatever it is. It has one queue, which Echo's subscription `orders` receives from. */
export interface Broker {
  /** What Echo is told below `pubsub`, for this system. */
  settings(template: string): object;
  /** What a publisher of messages does. */
  send(payload: string, attributes?: Readonly<Record<string, string>>): Promise<void>;
  /** How many messages are not yet acknowledged, delivered or not. */
  unsettled(): Promise<number>;
  /** Lets what was delivered and not acknowledged come again without waiting for its time. */
  redeliver(): Promise<void>;
  /** Delivers the last message once more, as brokers do when an acknowledgement was lost. Echo is paused meanwhile. */
  repeat(): Promise<void>;
  /** Ends all connections; new ones can be made. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

export interface BrokerCase {
  /** The system's name in triggers. */
  readonly system: string;
  readonly start: () => Promise<Broker>;
  readonly env?: Readonly<Record<string, string>>;
}

const TEMPLATE = '[{"type":"t","name":"n","reference":"{{ ref }}"}]';

/** Holds up the events that it sees while it is closed, so that the inbox fills. */
class Gate {
  held = 0;
  private open: Deferred<void> | undefined;

  shut(): void {
    this.open = new Deferred();
  }

  release(): void {
    this.open?.resolve();
    this.open = undefined;
  }

  async pass(): Promise<void> {
    this.held++;
    await this.open?.promise;
    this.held--;
  }
}

let gate: Gate;

@EchoEventListener({ name: 'gate' })
class GateListener implements EventListener {
  processEvent(): Promise<void> {
    return gate.pass();
  }
}

@Module({ providers: [GateListener] })
class GateModule {}

const pipeline = (name: string, trigger: object): object => ({
  id: name,
  name,
  application: 'app',
  triggers: [trigger],
});

/** The whole service beside a broker. */
export class PubsubScene {
  private constructor(
    readonly echo: RunningEcho,
    readonly broker: Broker,
    private readonly write: (processing: boolean) => void,
    private readonly folder: string,
  ) {}

  static async start({ system, start, env = {} }: BrokerCase): Promise<PubsubScene> {
    const folder = mkdtempSync(path.join(tmpdir(), 'echo-pubsub-'));
    const template = path.join(folder, 'artifacts.jinja');
    writeFileSync(template, TEMPLATE);
    const broker = await start();
    const write = (processing: boolean): void => {
      const settings = { ...broker.settings(template), enabled: true, processing: { enabled: processing } };
      writeFileSync(path.join(folder, 'next'), JSON.stringify({ pubsub: { enabled: true, [system]: settings } }));
      renameSync(path.join(folder, 'next'), path.join(folder, 'echo.yml'));
    };
    write(true);
    gate = new Gate();
    const trigger = { type: 'pubsub', enabled: true, pubsubSystem: system, subscriptionName: SUBSCRIPTION };
    const echo = await startEcho({
      pipelines: [
        pipeline('deploy', trigger),
        pipeline('red', { ...trigger, attributeConstraints: { colour: '^red$' } }),
      ],
      extensions: [GateModule],
      env: {
        ECHO_CONFIG_PATH: path.join(folder, 'echo.yml'),
        PLATFORM_SETTINGS_RELOADINTERVALMS: '50',
        EVENTS_INBOX_CAPACITY: '1',
        ...env,
      },
    });
    const scene = new PubsubScene(echo, broker, write, folder);
    await scene.isState('receiving');
    return scene;
  }

  switchProcessing(on: boolean): void {
    this.write(on);
  }

  isState(state: string): Promise<void> {
    return until(async () => Object.values(await this.states()).some((shown) => shown.startsWith(state)));
  }

  async states(): Promise<Record<string, string>> {
    const answer = (await (await this.echo.get('/health/readiness')).json()) as {
      parts: { pubsub: { details: Record<string, string> } };
    };
    return answer.parts.pubsub.details;
  }

  async settled(): Promise<void> {
    await until(async () => (await this.broker.unsettled()) === 0);
    await this.echo.idle();
  }

  /** How often orca was asked to run a pipeline, in order. */
  starts(name = 'deploy'): Record<string, unknown>[] {
    return this.echo.spinnaker.orca.posted('/orchestrate').filter((start) => start['name'] === name);
  }

  get triggers(): Record<string, unknown>[] {
    return this.starts().map(({ trigger }) => trigger as Record<string, unknown>);
  }

  get payloads(): unknown[] {
    return this.triggers.map(({ payload }) => payload);
  }

  effects(): Promise<Effect[]> {
    return this.echo.app.get(Outbox, { strict: false }).latest(100);
  }

  metric(name: string, labels: Record<string, string> = {}): Promise<number> {
    return metricOf(this.echo, name, labels);
  }

  async close(): Promise<void> {
    gate.release();
    await this.echo.close();
    await this.broker.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** What holds of every system that messages come from, shown against one of them. */
export function describeBroker(one: BrokerCase): void {
  describe(`Messages of ${one.system}`, () => {
    const { system } = one;
    let scene: PubsubScene;

    beforeEach(async () => void (scene = await PubsubScene.start(one)));
    afterEach(() => scene.close());

    it('start pipelines with payload, artifacts and attributes, and are acknowledged', async () => {
      await scene.broker.send('{"a":1,"ref":"r1","parameters":{"b":"2"}}', { colour: 'red' });
      await scene.settled();

      expect(scene.triggers).toMatchObject([
        {
          type: 'pubsub',
          pubsubSystem: system,
          subscriptionName: SUBSCRIPTION,
          payload: { a: 1 },
          parameters: { b: '2' },
        },
      ]);
      expect(scene.starts()[0]?.['receivedArtifacts']).toMatchObject([{ type: 't', name: 'n', reference: 'r1' }]);
      expect(scene.starts('red')).toHaveLength(1);
    });

    it('are given back while the inbox is full, and come again: none is lost, none starts twice', async () => {
      const labels = { subscription: SUBSCRIPTION, pubsubSystem: system };
      const before = await scene.metric('echo_pubsub_refusedMessages_total', labels);
      gate.shut();
      await scene.echo.post('/', { details: { type: 'filler' } });
      await until(() => gate.held === 1);

      await scene.broker.send('{"n":1}');
      await until(async () => (await scene.metric('echo_pubsub_refusedMessages_total', labels)) > before);
      expect([await scene.broker.unsettled(), scene.payloads]).toEqual([1, []]);

      gate.release();
      await scene.echo.idle();
      await scene.broker.redeliver();
      await scene.settled();
      expect(scene.payloads).toEqual([{ n: 1 }]);
    });

    it('of no use go to the dead effects, and hold up no other', async () => {
      await scene.broker.send('["not an object"]');
      await scene.broker.send('{"n":2}');
      await scene.settled();

      expect(scene.payloads).toEqual([{ n: 2 }]);
      expect((await scene.effects()).filter(({ kind }) => kind === 'message')).toMatchObject([
        {
          state: 'dead',
          lastError: 'No artifacts can be read: the message is not a JSON object.',
          payload: { system, subscription: SUBSCRIPTION, message: { payload: '["not an object"]' } },
        },
      ]);
    });

    it('stay with the broker while the operator holds them up', async () => {
      scene.switchProcessing(false);
      await scene.isState('paused');
      await scene.broker.send('{"n":3}');
      expect([await scene.broker.unsettled(), scene.payloads]).toEqual([1, []]);

      scene.switchProcessing(true);
      await scene.settled();
      expect(scene.payloads).toEqual([{ n: 3 }]);
    });

    it('that come twice start pipelines once', async () => {
      const labels = { subscription: SUBSCRIPTION, pubsubSystem: system };
      const repeats = (): Promise<number> => scene.metric('echo_pubsub_duplicateMessages_total', labels);
      const before = await repeats();
      await scene.broker.send('{"n":8}');
      await scene.settled();
      scene.switchProcessing(false);
      await scene.isState('paused');

      await scene.broker.repeat();
      scene.switchProcessing(true);
      await until(async () => (await repeats()) === before + 1);
      await scene.settled();
      expect(scene.payloads).toEqual([{ n: 8 }]);
    });

    it('go on coming after the connection was lost', async () => {
      await scene.broker.send('{"n":4}');
      await scene.settled();

      await scene.broker.cut();
      await scene.broker.send('{"n":5}');
      await until(() => scene.payloads.length === 2);
      await scene.settled();
      expect(scene.payloads).toEqual([{ n: 4 }, { n: 5 }]);
    });

    it('are acknowledged before Echo ends, and none is taken afterwards', async () => {
      await scene.broker.send('{"n":6}');
      await until(() => scene.payloads.length === 1);
      await scene.echo.app.close();
      expect(await scene.broker.unsettled()).toBe(0);

      await scene.broker.send('{"n":7}');
      expect(await scene.broker.unsettled()).toBe(1);
    });
  });
}
