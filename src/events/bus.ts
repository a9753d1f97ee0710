import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { messageOf } from '../platform/errors/index.js';
import type { Fact } from './fact.js';

/**
 * How rooms tell each other what happened: Nest's EventEmitter with typed facts. Subscribe in `onModuleInit`;
 * publish from `onApplicationBootstrap` on. Facts stay in the process: what must survive it is an event or an effect.
 */
@Injectable()
export class Bus {
  private readonly log = new Logger(Bus.name);

  constructor(private readonly emitter: EventEmitter2) {}

  /** Tells every subscriber and returns at once. */
  publish<T>(fact: Fact<T>, payload: T): void {
    this.emitter.emit(fact.name, payload);
  }

  /** Tells every subscriber and resolves when all have finished, whether well or not. */
  async publishAndWait<T>(fact: Fact<T>, payload: T): Promise<void> {
    await this.emitter.emitAsync(fact.name, payload);
  }

  /** A subscriber that fails is logged under its name and never hinders the publisher or another subscriber. */
  subscribe<T>(fact: Fact<T>, subscriber: string, handle: (payload: T) => void | Promise<void>): void {
    const failed = (error: unknown): void =>
      this.log.error({ message: `${subscriber} failed on '${fact.name}': ${messageOf(error)}`, err: error });
    this.emitter.on(fact.name, (payload: T) => {
      try {
        // Most subscribers are done at once: only those that are not cost a promise.
        const pending: unknown = handle(payload);
        return pending instanceof Promise ? pending.catch(failed) : undefined;
      } catch (error) {
        return failed(error);
      }
    });
  }
}
