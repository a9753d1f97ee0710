import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiExcludeController } from '../platform/api/index.js';
import { Requires } from '../platform/access/index.js';
import { Outbox } from '../outbox/index.js';
import { CronPage } from './cron-page.js';
import { Overview } from './overview.js';
import { RecentDecisions } from './recent-decisions.js';
import { ConsoleRenderer } from './renderer.js';
import { decisionView, effectView } from './views.js';

const SHOWN_ROWS = 200;
const LOOKED_AT = 2_000;

const Html = (): MethodDecorator => Header('content-type', 'text/html; charset=utf-8');
/** The pages bring their own style and no script; nothing in them may load or send anything elsewhere. */
const Policy = (): MethodDecorator =>
  Header(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );

/** Pages for people. They only show; `query` values may come more than once, then they count as none. */
@ApiExcludeController()
@Requires('read')
@Controller('console')
export class ConsoleController {
  constructor(
    private readonly renderer: ConsoleRenderer,
    private readonly overview: Overview,
    private readonly decisions: RecentDecisions,
    private readonly outbox: Outbox,
    private readonly cron: CronPage,
  ) {}

  @Get()
  @Html()
  @Policy()
  async now(): Promise<string> {
    return this.renderer.page('overview', await this.overview.view());
  }

  @Get('decisions')
  @Html()
  @Policy()
  showDecisions(@Query('id') id?: unknown): string {
    const wanted = textOf(id);
    const rows = this.decisions.latest(SHOWN_ROWS, wanted).map(decisionView);
    return this.renderer.page('decisions', { id: wanted, rows });
  }

  @Get('effects')
  @Html()
  @Policy()
  async showEffects(@Query('state') state?: unknown): Promise<string> {
    const wanted = textOf(state);
    const effects = await this.outbox.latest(LOOKED_AT);
    const found = effects.filter((effect) => wanted === '' || effect.state === wanted).slice(0, SHOWN_ROWS);
    return this.renderer.page('effects', { state: wanted, rows: found.map(effectView) });
  }

  @Get('cron')
  @Html()
  @Policy()
  showCron(@Query('expression') expression?: unknown, @Query('zone') zone?: unknown): string {
    return this.renderer.page('cron', this.cron.view(textOf(expression), textOf(zone)));
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
