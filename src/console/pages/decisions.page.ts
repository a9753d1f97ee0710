import { Query } from '@nestjs/common';
import { Page, Pages, textOf } from '../rendering/page.js';
import { ConsoleRenderer } from '../rendering/renderer.js';
import { DecisionSearch } from './decision-search.js';

const SHOWN_ROWS = 200;

/** Why something started, or did not. */
@Pages('console/decisions')
export class DecisionsPage {
  constructor(
    private readonly renderer: ConsoleRenderer,
    private readonly search: DecisionSearch,
  ) {}

  @Page()
  async show(@Query('id') id?: unknown): Promise<string> {
    const wanted = textOf(id);
    const rows = (await this.search.rows(wanted, SHOWN_ROWS)).slice(0, SHOWN_ROWS);
    return this.renderer.page('decisions', { id: wanted, rows });
  }
}
