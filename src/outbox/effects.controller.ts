import { Body, Controller, Get, Header, HttpCode, Logger, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../platform/api/index.js';
import { Requires } from '../platform/access/index.js';
import { EchoError, NotFoundError } from '../platform/errors/index.js';
import { type JsonValue, parseJson, stringifyJson } from '../platform/json/index.js';
import { instantOf, isoOf, limitOf, wordOf } from '../platform/query/index.js';
import { type WebRequest, bodyText, changerOf } from '../platform/web/index.js';
import { DeadEffects, type Meant } from './dead-effects.js';
import type { Effect } from './effect.js';
import { EFFECT_STATES, type EffectFilter } from './effect-filter.js';
import { readBulkRequest } from './bulk-request.js';
import { Outbox } from './outbox.js';

type Asked = Readonly<Record<string, string | undefined>>;

/** Without payload and identity: they are long, and only the effect itself shows them. */
const shown = ({ payload: _payload, identity: _identity, ...effect }: Effect): object => ({
  ...effect,
  createdAt: isoOf(effect.createdAt),
  nextAttemptAt: isoOf(effect.nextAttemptAt),
  finishedAt: isoOf(effect.finishedAt),
  ...(effect.handled && { handled: { ...effect.handled, at: isoOf(effect.handled.at) } }),
});

function filterOf({ kind, state, inboxId, from, to, before }: Asked): EffectFilter {
  return {
    ...(kind !== undefined && { kind }),
    ...(state !== undefined && { state: wordOf('state', EFFECT_STATES, state) }),
    ...(inboxId !== undefined && { inboxId }),
    ...(from !== undefined && { from: instantOf('from', from) }),
    ...(to !== undefined && { to: instantOf('to', to) }),
    ...(before !== undefined && { before }),
  };
}

/** What Echo has done and has to do to the outside world, and what operators do about the dead. */
@ApiTags('effects')
@Requires('read')
@Controller('effects')
export class EffectsController {
  private readonly log = new Logger('Outbox');

  constructor(
    private readonly outbox: Outbox,
    private readonly dead: DeadEffects,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Effects, newest first, by kind, state, event and time of writing; `next` leads on' })
  async list(@Query() asked: Asked): Promise<{ readonly effects: object[]; readonly next: string | null }> {
    const limit = limitOf(asked.limit);
    const effects = await this.outbox.list(filterOf(asked), limit);
    return { effects: effects.map(shown), next: effects.length < limit ? null : (effects.at(-1)?.id ?? null) };
  }

  @Get(':id')
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({ summary: 'An effect with its payload' })
  async one(@Param('id') id: string): Promise<string> {
    const effect = await this.known(id);
    return stringifyJson({ ...shown(effect), payload: effect.payload } as JsonValue);
  }

  @Requires('operate')
  @Post('redrive')
  @HttpCode(200)
  @ApiOperation({ summary: 'Tries dead effects again: those named, or with dryRun false those that a filter means' })
  async redriveMany(
    @Body() body: Buffer | undefined,
    @Req() request: WebRequest,
  ): Promise<Meant & { readonly redriven: number }> {
    const by = changerOf(request);
    const bulk = readBulkRequest(parseJson(bodyText(body)));
    const { handled: redriven, ...meant } = await this.dead.each(bulk, (ids) => this.outbox.redrive(ids, by));
    if (!bulk.dryRun) this.log.warn(`${by} has ${redriven} dead effects tried again.`);
    return { ...meant, redriven };
  }

  @Requires('operate')
  @Post('discard')
  @HttpCode(200)
  @ApiOperation({ summary: 'Puts dead effects aside, with the reason: they are kept, and redriven no more' })
  async discard(
    @Body() body: Buffer | undefined,
    @Req() request: WebRequest,
  ): Promise<Meant & { readonly discarded: number }> {
    const by = changerOf(request);
    const bulk = readBulkRequest(parseJson(bodyText(body)));
    const { reason } = bulk;
    if (!reason) throw new EchoError('reason: say why.', { code: 'no-reason', status: 400 });
    const { handled: discarded, ...meant } = await this.dead.each(bulk, (ids) => this.outbox.discard(ids, reason, by));
    if (!bulk.dryRun) this.log.warn(`${by} has discarded ${discarded} dead effects: ${reason}`);
    return { ...meant, discarded };
  }

  @Requires('operate')
  @Post(':id/redrive')
  @HttpCode(200)
  @ApiOperation({ summary: 'Tries a dead effect again' })
  async redrive(@Param('id') id: string, @Req() request: WebRequest): Promise<object> {
    const { state } = await this.known(id);
    if ((await this.outbox.redrive([id], changerOf(request))) > 0) return shown(await this.known(id));
    throw new EchoError(`Effect ${id} is ${state}: only dead ones are tried again.`, { code: 'not-dead', status: 409 });
  }

  private async known(id: string): Promise<Effect> {
    const effect = await this.outbox.find(id);
    if (effect) return effect;
    throw new NotFoundError(`There is no effect ${id}, or it is too long ago.`);
  }
}
