import { Body, Controller, Delete, Get, Param, Put, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../../platform/api/index.js';
import { Requires } from '../../platform/access/index.js';
import { Clock } from '../../platform/clock/index.js';
import { InvalidRequestError, NotFoundError } from '../../platform/errors/index.js';
import { type JsonValue, parseJson } from '../../platform/json/index.js';
import { isoOf, requestBody } from '../../platform/query/index.js';
import type { Setting } from '../../platform/settings/index.js';
import { type WebRequest, bodyText, changerOf } from '../../platform/web/index.js';
import type { EffectiveSetting } from '../effective.js';
import { FileSettings } from '../file-settings.js';
import { pathOf, segmentsOf } from '../key.js';
import { redactedValue } from '../redact.js';
import { changeRequest, takeBackRequest } from './change-request.js';
import { judgeChange } from './judge-change.js';
import { LiveSettings } from './live-settings.js';
import { type SettingChange, SettingChanges } from './setting-changes.js';

const SHOWN_CHANGES = 100;

/** A change as people see it: `value` is null where the change before was taken back. */
interface ShownChange {
  readonly cluster: string | null;
  readonly value: JsonValue;
  readonly by: string;
  readonly at: string | null;
  readonly why: string;
}

/** A live setting on this instance. */
interface ShownSetting {
  readonly key: string;
  readonly type: string;
  readonly description: string;
  /** For whom changes hold. */
  readonly reach: string;
  readonly values: readonly EffectiveSetting[];
  readonly inForce: readonly ShownChange[];
  /** Newest first. */
  readonly history: readonly ShownChange[];
}

/** The live settings of this instance. */
interface ShownSettings {
  readonly reach: string;
  readonly settings: readonly EffectiveSetting[];
  /** What was changed and holds, for all instances or for one cluster. */
  readonly inForce: readonly (ShownChange & { readonly key: string })[];
}

const shown = (
  { key, secret }: Setting<unknown>,
  { cluster, value = null, by, at, why }: SettingChange,
): ShownChange => ({
  cluster: cluster ?? null,
  value: redactedValue(value, key, secret === true),
  by,
  at: isoOf(at),
  why,
});

const pathOfKey = (key: string): string => pathOf(segmentsOf(key));

/** Changes live settings while Echo runs, for all instances or for one cluster. */
@ApiTags('operations')
@Requires('read')
@Controller('admin/config')
export class LiveSettingsController {
  constructor(
    private readonly settings: FileSettings,
    private readonly live: LiveSettings,
    private readonly changes: SettingChanges,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The live settings of this instance: what holds, where it comes from, and what was changed',
  })
  async list(): Promise<ShownSettings> {
    const live = this.settings.live();
    const changes = await this.changes.inForce();
    const inForce = live.flatMap((setting) =>
      changes
        .filter(({ key }) => key === setting.key)
        .map((change) => ({ key: setting.key, ...shown(setting, change) })),
    );
    return { reach: this.changes.reach, settings: this.settings.effective(live), inForce };
  }

  @Get(':key')
  @ApiOperation({ summary: 'A live setting: what holds, what was changed, by whom, when and why' })
  one(@Param('key') key: string): Promise<ShownSetting> {
    return this.shown(this.known(key));
  }

  @Requires('admin')
  @Put(':key')
  @ApiOperation({ summary: 'Changes a live setting: {"value": …, "why": "…"}, with "cluster" for one cluster only' })
  async change(
    @Param('key') key: string,
    @Body() body: Buffer | undefined,
    @Req() request: WebRequest,
  ): Promise<ShownSetting> {
    const setting = this.known(key);
    const change = { ...requestBody(changeRequest, parseJson(bodyText(body))), ...this.signature(setting, request) };
    const judgement = judgeChange(setting, change);
    if (judgement.kind === 'faulty') throw new InvalidRequestError(`${judgement.problem}.`);
    return this.add(setting, change);
  }

  @Requires('admin')
  @Delete(':key')
  @ApiOperation({ summary: 'Takes a change back, `why` says why: what files and variables say holds again' })
  async takeBack(
    @Param('key') key: string,
    @Query() query: unknown,
    @Req() request: WebRequest,
  ): Promise<ShownSetting> {
    const setting = this.known(key);
    const { why, cluster } = requestBody(takeBackRequest, query);
    const held = await this.changes.inForce();
    if (!held.some((change) => change.key === setting.key && change.cluster === cluster)) {
      const scope = cluster === undefined ? 'all instances' : `cluster ${cluster}`;
      throw new NotFoundError(`${setting.key} is not changed for ${scope}.`);
    }
    return this.add(setting, { why, cluster, ...this.signature(setting, request) });
  }

  private signature({ key }: Setting<unknown>, request: WebRequest): Pick<SettingChange, 'key' | 'by' | 'at'> {
    return { key, by: changerOf(request), at: this.clock.now() };
  }

  private async add(setting: Setting<unknown>, change: SettingChange): Promise<ShownSetting> {
    await this.changes.add(change);
    await this.live.follow();
    return this.shown(setting);
  }

  private known(key: string): Setting<unknown> {
    const live = this.settings.live();
    const found = live.find((setting) => pathOfKey(setting.key) === pathOfKey(key));
    if (found) return found;
    const keys = live.map((setting) => setting.key).toSorted();
    throw new InvalidRequestError(
      `'${key}' is no setting that can be changed while Echo runs; these can: ${keys.join(', ')}.`,
    );
  }

  private async shown(setting: Setting<unknown>): Promise<ShownSetting> {
    const { key, typeName, description } = setting;
    const view = (change: SettingChange): ShownChange => shown(setting, change);
    return {
      key,
      type: typeName,
      description,
      reach: this.changes.reach,
      values: this.settings.effective([setting]),
      inForce: (await this.changes.inForce()).filter((change) => change.key === key).map(view),
      history: (await this.changes.history(key, SHOWN_CHANGES)).map(view),
    };
  }
}
