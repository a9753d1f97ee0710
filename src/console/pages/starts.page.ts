import { Query } from '@nestjs/common';
import { type Effect, Outbox } from '../../outbox/index.js';
import { START, type StartPayload } from '../../pipelines/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { Page, Pages } from '../rendering/page.js';
import { ConsoleRenderer } from '../rendering/renderer.js';
import { shownTime } from '../rendering/times.js';
import { effectFilterOf, olderOf } from './effect-query.js';
import { effectView } from './effect.view.js';

const SHOWN_ROWS = 100;

/** From the slot, or from the start's being written down, until it was done or given up. */
const skewOf = ({ cause, createdAt, finishedAt }: Effect): string =>
  finishedAt === undefined ? '' : `${(finishedAt - (cause.slot ?? createdAt)).toLocaleString('en')} ms`;

function startView(effect: Effect): JsonObject {
  const { payload, cause } = effect as Effect<StartPayload>;
  return {
    ...effectView(effect),
    pipeline: `${payload.pipeline.application}: ${payload.pipeline.name}`,
    slot: cause.slot === undefined ? '' : shownTime(cause.slot),
    skew: skewOf(effect),
  };
}

/** The starts: what for, and how late. */
@Pages('console/starts')
export class StartsPage {
  constructor(
    private readonly renderer: ConsoleRenderer,
    private readonly outbox: Outbox,
  ) {}

  @Page()
  async show(@Query() asked: Readonly<Record<string, unknown>>): Promise<string> {
    const { filter, state } = effectFilterOf(asked, START);
    const starts = await this.outbox.list(filter, SHOWN_ROWS);
    const older = olderOf(starts, SHOWN_ROWS, { state });
    return this.renderer.page('starts', { state, older, rows: starts.map(startView) });
  }
}
