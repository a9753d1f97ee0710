import { Injectable } from '@nestjs/common';
import { messageOf } from '../../platform/errors/index.js';
import {
  BadAnswerError,
  type HttpCall,
  HttpTransport,
  JSON_TYPE,
  JsonHttp,
  UnusableAnswerError,
  asList,
  asObject,
  identityHeaders,
  jsonOf,
  repeatedQuery,
  urlsUnder,
} from '../../platform/http/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { type Identity, allowAnonymous } from '../../platform/request-context/index.js';
import { Settings } from '../../platform/settings/index.js';
import { type Execution, type ExecutionLookUp, readExecution } from './execution.js';
import { orcaConfig } from './orca.config.js';
import { type StartAnswer, failedStart, startAnswerOf } from './start-answer.js';

/** Has orca start, plan and look up pipelines. Every method makes one call; bodies are JSON texts. */
@Injectable()
export class OrcaClient {
  private readonly url: ReturnType<typeof urlsUnder>;

  constructor(
    private readonly transport: HttpTransport,
    private readonly http: JsonHttp,
    private readonly settings: Settings,
  ) {
    this.url = urlsUnder(settings.get(orcaConfig.baseUrl));
  }

  /**
   * One try to start a pipeline. Never rejects because of orca; goes to the transport directly, being the hot path.
   *
   * @param mayGoOut see `HttpCall`
   */
  async orchestrate(body: string, identity: Identity, mayGoOut: () => boolean): Promise<StartAnswer> {
    const headers = { 'content-type': JSON_TYPE, ...identityHeaders(identity, this.settings) };
    const call: HttpCall = { method: 'POST', url: this.url`orchestrate`, headers, body, mayGoOut };
    try {
      return startAnswerOf(jsonOf(call, await this.transport.send(call)));
    } catch (error) {
      return failedStart(error);
    }
  }

  /** Has orca keep a failed execution of a pipeline that could not be started. Rejects as `JsonHttp` does. */
  async fail(body: string, identity: Identity): Promise<void> {
    await this.http.post(this.url`fail`, { body, identity });
  }

  /** The pipeline with its template filled in and its artifacts resolved. Rejects as `JsonHttp` does. */
  async plan(body: string, identity: Identity): Promise<JsonObject> {
    const call = { body, identity: allowAnonymous(identity) };
    return asObject(await this.http.post(this.url`plan?resolveArtifacts=true`, call), 'orca');
  }

  /** A stored pipeline with its v2 template filled in. Rejects as `JsonHttp` does. */
  async planTemplate(body: string, identity: Identity): Promise<JsonObject> {
    const call = { body, identity: allowAnonymous(identity) };
    return asObject(await this.http.post(this.url`v2/pipelineTemplates/plan`, call), 'orca');
  }

  /** What orca knows of an execution. Never rejects because of orca. */
  async execution(id: string, identity: Identity): Promise<ExecutionLookUp> {
    try {
      const found = readExecution(await this.http.get(this.url`pipelines/${id}`, { identity }));
      if (!found) throw new UnusableAnswerError(`orca answered something else than the execution ${id}`);
      return { kind: 'found', ...found };
    } catch (error) {
      if (error instanceof BadAnswerError && error.answer.status === 404) return { kind: 'absent' };
      return { kind: 'unknown', message: messageOf(error) };
    }
  }

  /** Those of these executions that orca has and the asker may see. Rejects as `JsonHttp` does. */
  async executions(ids: readonly string[], identity: Identity): Promise<Execution[]> {
    const answer = asList(await this.http.get(this.url`pipelines?executionIds=${ids.join(',')}`, { identity }), 'orca');
    return answer.flatMap((execution) => readExecution(execution) ?? []);
  }

  /** The latest executions of each of these pipelines, at most `limit` for each. Rejects as `JsonHttp` does. */
  async latestExecutions(pipelineIds: readonly string[], limit: number, identity: Identity): Promise<Execution[]> {
    const url = `${this.url`pipelines`}?${repeatedQuery('pipelineConfigIds', pipelineIds)}&limit=${limit}`;
    const executions = asList(await this.http.get(url, { identity }), 'orca');
    return executions.flatMap((execution) => readExecution(execution) ?? []);
  }
}
