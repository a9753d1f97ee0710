import { Query } from '@nestjs/common';
import { Outbox } from '../../outbox/index.js';
import { Page, Pages, textOf } from '../rendering/page.js';
import { ConsoleRenderer } from '../rendering/renderer.js';
import { effectFilterOf, olderOf } from './effect-query.js';
import { effectView } from './effect.view.js';

const SHOWN_ROWS = 100;

/** What went out, and what was given up. */
@Pages('console/effects')
export class EffectsPage {
  constructor(
    private readonly renderer: ConsoleRenderer,
    private readonly outbox: Outbox,
  ) {}

  @Page()
  async show(@Query() asked: Readonly<Record<string, unknown>>): Promise<string> {
    const kind = textOf(asked['kind']);
    const { filter, state } = effectFilterOf(asked, kind);
    const effects = await this.outbox.list(filter, SHOWN_ROWS);
    const rows = effects.map(effectView);
    const older = olderOf(effects, SHOWN_ROWS, { state, kind });
    return this.renderer.page('effects', { state, kind, rows, older, hasDead: rows.some(({ isDead }) => isDead) });
  }
}
