import { OrcaClient } from '../../clients/index.js';
import {
  type Destination,
  type Effect,
  type EffectPerformer,
  type Outcome,
  PerformsEffects,
  pauseMs,
} from '../../outbox/index.js';
import { Clock } from '../../platform/clock/index.js';
import { databaseConfig } from '../../platform/database/index.js';
import { Settings } from '../../platform/settings/index.js';
import { startConfig } from '../pipelines.config.js';
import { LastLook } from './last-look.js';
import { Planner, isTemplated } from './planner.js';
import { StartBodies } from './start-bodies.js';
import { StartIds } from './start-ids.js';
import { START, type StartPayload } from './start-payload.js';
import { type StartFailure, StartReport } from './start-report.js';

type Start = Effect<StartPayload>;

/** What asking orca for a start whose last try was unclear brought to light. */
type LookUp = 'running' | 'failed-unstarted' | 'absent' | 'unknown';

/** Pauses beyond the original's tries double up to this. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * Posts a start to orca: at most `orca.pipelineInitiatorRetryCount` times, and in SQL mode on until it is too old; never
 * again after a try that orca may have taken, unless orca says that it does not know it (decisions.md 1, 33).
 */
@PerformsEffects({ name: START, ledger: true })
export class StartPerformer implements EffectPerformer<StartPayload> {
  private readonly bodies: StartBodies;

  constructor(
    private readonly orca: OrcaClient,
    private readonly planner: Planner,
    private readonly report: StartReport,
    private readonly ids: StartIds,
    private readonly lastLook: LastLook,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {
    this.bodies = new StartBodies(ids);
  }

  destinationOf(): Destination {
    return { name: 'orca', concurrency: this.settings.get(startConfig.concurrency) };
  }

  /** A templated pipeline is planned when it starts, and not before. */
  prepare(effect: Start): void {
    if (!isTemplated(effect.payload.pipeline)) this.bodies.make(effect);
  }

  async attempt(effect: Start, isOurs: () => boolean): Promise<Outcome<StartPayload>> {
    return (await this.lastLook.heldBack(effect)) ?? this.performAllowed(effect, isOurs);
  }

  private async performAllowed(effect: Start, isOurs: () => boolean): Promise<Outcome<StartPayload>> {
    const ready = await this.planned(effect);
    if (!ready.payload.unclear && !(ready.interrupted && this.ids.own)) return this.post(ready, isOurs);
    switch (await this.lookUp(ready)) {
      case 'running':
        return this.done(ready, this.ids.of(ready).executionId);
      case 'absent':
        return this.repost(ready, ready.payload, isOurs);
      case 'failed-unstarted':
        return this.goOn(ready, isOurs);
      case 'unknown':
        return this.failed(ready, {
          code: 'unclear',
          error: 'orca could not be asked for the execution',
          final: false,
        });
    }
  }

  private async planned(effect: Start): Promise<Start> {
    if (effect.payload.planned) return effect;
    const { pipeline: asked, caller = effect.identity } = effect.payload;
    const pipeline = await this.planner.plan(asked, caller);
    return { ...effect, payload: { ...effect.payload, pipeline, planned: true } };
  }

  /** The ids of a failed execution are spent. An owner that was lost may have used the next ones: they are asked for too. */
  private goOn(effect: Start, isOurs: () => boolean): Promise<Outcome<StartPayload>> {
    const payload = { ...effect.payload, spent: effect.payload.spent + 1 };
    const next: Start = { ...effect, payload };
    const isNew = this.ids.of(next).executionId !== this.ids.of(effect).executionId;
    return effect.interrupted && isNew ? this.performAllowed(next, isOurs) : this.repost(effect, payload, isOurs);
  }

  /** After an unclear last try there may be no tries left: then the look-up was only made to learn the truth. */
  private repost(effect: Start, payload: StartPayload, isOurs: () => boolean): Promise<Outcome<StartPayload>> {
    const clear: Start = { ...effect, payload: { ...payload, unclear: false } };
    if (payload.posts < this.tries() || effect.attempts <= this.tries() || this.goesOn(effect)) {
      return this.post(clear, isOurs);
    }
    const error = effect.lastError ?? 'no try was accepted';
    return Promise.resolve(this.failed(clear, { code: 'retries-exhausted', error, final: true }));
  }

  private async post(effect: Start, isOurs: () => boolean): Promise<Outcome<StartPayload>> {
    if (this.isDurable() && !this.goesOn(effect)) {
      return this.failed(effect, {
        code: 'too-old',
        error: effect.lastError ?? 'nothing posted it in time',
        final: true,
      });
    }
    if (effect.payload.posts > 0) this.report.retried();
    const answer = await this.orca.orchestrate(this.bodies.of(effect), effect.identity, isOurs);
    if (answer.kind === 'withdrawn') return { kind: 'postponed', afterMs: 0, error: answer.message };
    const posted: Start = { ...effect, payload: { ...effect.payload, posts: effect.payload.posts + 1 } };
    if (answer.kind === 'accepted') return this.done(posted, answer.ref);
    return this.failed(posted, {
      code: answer.code,
      error: answer.message,
      final: answer.kind === 'refused' && !answer.retryable,
      unclear: answer.kind === 'unclear',
    });
  }

  private done(effect: Start, ref: string): Outcome<StartPayload> {
    this.report.started(effect, ref);
    return { kind: 'done' };
  }

  private failed(effect: Start, failure: StartFailure): Outcome<StartPayload> {
    const { payload } = effect;
    const unclear = payload.unclear || (failure.unclear === true && this.ids.own);
    // An unclear last try is looked up once more, though there is none left to make.
    const left = this.tries() + (unclear ? 1 : 0) - effect.attempts;
    if (failure.final || (left <= 0 && !this.goesOn(effect))) return this.dead(effect, failure);
    const afterMs = this.settings.get(startConfig.retryDelayMillis);
    const policy = { attempts: Infinity, firstMs: afterMs, factor: 2, maxMs: LONGEST_PAUSE_MS };
    const pause = left > 0 ? afterMs : pauseMs(policy, 1 - left, Math.random());
    return { kind: 'retry', afterMs: pause, error: failure.error, payload: { ...payload, unclear } };
  }

  private dead(effect: Start, failure: StartFailure): Outcome<StartPayload> {
    this.report.failed(effect, failure);
    const tooOld = failure.code === 'too-old' || (!failure.final && this.isDurable());
    return { kind: 'dead', error: tooOld ? `too old: ${failure.error}` : failure.error };
  }

  /** In SQL mode tries are made until the start is too old: whoever waited for it does not any more. */
  private goesOn({ createdAt, notBefore = createdAt }: Start): boolean {
    const age = this.clock.now() - Math.max(createdAt, notBefore);
    return this.isDurable() && age < this.settings.get(startConfig.maxAgeMs);
  }

  private isDurable(): boolean {
    return this.settings.get(databaseConfig.enabled);
  }

  private async lookUp(effect: Start): Promise<LookUp> {
    const found = await this.orca.execution(this.ids.of(effect).executionId, effect.identity);
    if (found.kind !== 'found') return found.kind;
    return found.status === 'TERMINAL' && found.startTime === undefined ? 'failed-unstarted' : 'running';
  }

  private tries(): number {
    return Math.max(1, this.settings.get(startConfig.retryCount));
  }
}
