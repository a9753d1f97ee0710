import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { JsonHttp, UnusableAnswerError, urlsUnder } from '../../platform/http/index.js';
import { NOBODY, withRequestId } from '../../platform/request-context/index.js';
import { Settings } from '../../platform/settings/index.js';
import { withRetries } from '../retry.js';
import { ExpiringCache } from './expiring-cache.js';
import { fiatConfig } from './fiat.config.js';
import { FiatMeter } from './fiat-meter.js';
import { FALLBACK, type Permission, mayExecute, permissionSchema, writableAccounts } from './permission.js';

/** Asks fiat who may do what. While fiat is switched off everything is allowed and nothing is asked. */
@Injectable()
export class FiatClient {
  private readonly log = new Logger(FiatClient.name);
  private readonly url: ReturnType<typeof urlsUnder>;
  private readonly cache: ExpiringCache<Permission>;

  constructor(
    private readonly http: JsonHttp,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly meter: FiatMeter,
  ) {
    this.url = urlsUnder(settings.get(fiatConfig.baseUrl));
    const holdMs = settings.get(fiatConfig.cacheSeconds) * 1000;
    this.cache = new ExpiringCache(settings.get(fiatConfig.cacheEntries), holdMs, clock);
    meter.watch(
      () => this.enabled,
      () => this.legacyFallback,
    );
  }

  /** Whether fiat is switched on, now. */
  get enabled(): boolean {
    return this.settings.get(fiatConfig.enabledNow) ?? this.settings.get(fiatConfig.enabled);
  }

  /**
   * Whether the user may run pipelines of the application (core.md §2.5). Never rejects: where fiat cannot be asked the
   * answer is no, or yes with the legacy fallback. An empty user may nothing.
   */
  async canExecute(user: string, application: string): Promise<boolean> {
    if (!this.enabled) return true;
    const permission = await this.permissionOf(user);
    return permission !== undefined && mayExecute(permission, application);
  }

  /**
   * The accounts that go along with calls made as this user: none unless the legacy fallback is on, else those the user
   * may write to, as far as they can be learnt (core.md §5.6).
   */
  async writableAccounts(user: string): Promise<readonly string[]> {
    if (!this.enabled || !this.legacyFallback) return [];
    const permission = await this.permissionOf(user);
    return permission ? writableAccounts(permission) : [];
  }

  private get legacyFallback(): boolean {
    return this.settings.get(fiatConfig.legacyFallbackNow) ?? this.settings.get(fiatConfig.legacyFallback);
  }

  private async permissionOf(user: string): Promise<Permission | undefined> {
    if (user === '') return undefined;
    const { legacyFallback } = this;
    let cached = true;
    const load = (): Promise<Permission> => {
      cached = false;
      return this.load(user);
    };
    try {
      const permission = await this.cache.get(user, load);
      this.meter.lookedUp({ cached, success: permission !== FALLBACK, legacyFallback });
      return permission;
    } catch (error) {
      this.meter.lookedUp({ cached, success: false, legacyFallback });
      this.log.warn(`The permissions of '${user}' are not known: ${messageOf(error)}`);
      return undefined;
    }
  }

  private async load(user: string): Promise<Permission> {
    try {
      return await withRetries(() => this.ask(user), this.pauses(), this.clock);
    } catch (error) {
      if (!this.legacyFallback) throw error;
      this.log.warn(`The permissions of '${user}' are not known, every application is allowed: ${messageOf(error)}`);
      return FALLBACK;
    }
  }

  private async ask(user: string): Promise<Permission> {
    const deadlineMs = this.settings.get(fiatConfig.readTimeoutMs);
    const identity = withRequestId(NOBODY);
    const call = deadlineMs === undefined ? { identity } : { identity, deadlineMs };
    const read = permissionSchema.safeParse(await this.http.get(this.url`authorize/${user}`, call));
    if (!read.success) throw new UnusableAnswerError('fiat answered something else than the permissions of a user');
    return read.data;
  }

  /** Growing pauses, until they have added up to the limit: the last one may pass it. */
  private pauses(): number[] {
    const limit = this.settings.get(fiatConfig.maxBackoffMillis);
    const growth = this.settings.get(fiatConfig.retryMultiplier);
    const pauses: number[] = [];
    let next = this.settings.get(fiatConfig.initialBackoffMillis);
    for (let spent = 0; spent < limit; spent += next, next = Math.floor(next * growth)) pauses.push(next);
    return pauses;
  }
}
