import { Injectable } from '@nestjs/common';
import { BadAnswerError, JsonHttp, asList, urlsUnder } from '../../platform/http/index.js';
import type { JsonValue } from '../../platform/json/index.js';
import { type Identity, NOBODY, allowAnonymous, withRequestId } from '../../platform/request-context/index.js';
import { Settings } from '../../platform/settings/index.js';
import { front50Config } from './front50.config.js';

/** Narrows the load of all pipelines: enabled ones with an enabled trigger of one of these types. */
export interface PipelineFilter {
  readonly triggerTypes: readonly string[];
}

/** Asks front50 for pipelines as they are stored (core.md §1.3). Rejects as `JsonHttp` does; nothing is tried twice. */
@Injectable()
export class Front50Client {
  readonly baseUrl: string;
  private readonly url: ReturnType<typeof urlsUnder>;

  constructor(
    private readonly http: JsonHttp,
    settings: Settings,
  ) {
    this.baseUrl = settings.get(front50Config.baseUrl);
    this.url = urlsUnder(this.baseUrl);
  }

  /** All pipelines, asked for by nobody in particular. No body, or null, is an empty list. */
  async pipelines(filter?: PipelineFilter): Promise<readonly JsonValue[]> {
    const url = filter
      ? this
          .url`pipelines?restricted=false&enabledPipelines=true&enabledTriggers=true&triggerTypes=${filter.triggerTypes.join(',')}`
      : this.url`pipelines?restricted=false`;
    const answer = await this.http.get(url, { identity: withRequestId(allowAnonymous(NOBODY)) });
    return answer === null ? [] : asList(answer, 'front50');
  }

  /** The pipeline with this id; `undefined` where front50 has none. */
  pipelineById(id: string, identity: Identity): Promise<JsonValue | undefined> {
    return this.one(this.url`pipelines/${id}/get`, identity);
  }

  /** The pipeline with this name in the application; `undefined` where front50 has none. */
  pipelineByName(application: string, name: string, identity: Identity): Promise<JsonValue | undefined> {
    return this.one(this.url`pipelines/${application}/name/${name}?refresh=true`, identity);
  }

  /** The pipelines of one application, as they are stored. */
  async pipelinesOf(application: string, identity: Identity): Promise<readonly JsonValue[]> {
    const answer = await this.http.get(this.url`pipelines/${application}?refresh=false`, { identity });
    return answer === null ? [] : asList(answer, 'front50');
  }

  private async one(url: string, identity: Identity): Promise<JsonValue | undefined> {
    try {
      return (await this.http.get(url, { identity })) ?? undefined;
    } catch (error) {
      if (error instanceof BadAnswerError && error.answer.status === 404) return undefined;
      throw error;
    }
  }
}
