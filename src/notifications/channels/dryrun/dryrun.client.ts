import { Injectable } from '@nestjs/common';
import { Front50Client } from '../../../clients/index.js';
import { JsonHttp, urlsUnder } from '../../../platform/http/index.js';
import { type JsonObject, isJsonObject } from '../../../platform/json/index.js';
import type { Identity } from '../../../platform/request-context/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { DeliveryError } from '../../delivery/failure.js';
import { dryrunConfig } from './dryrun.config.js';
import { type DryrunMessage, dryrunBody } from './dryrun.message.js';

/** Has the orca for dry runs run a stored pipeline. */
@Injectable()
export class DryrunClient {
  constructor(
    private readonly front50: Front50Client,
    private readonly http: JsonHttp,
    private readonly settings: Settings,
  ) {}

  async run({ application, pipelineId, execution }: DryrunMessage, identity: Identity): Promise<void> {
    const pipelines = await this.front50.pipelinesOf(application, identity);
    const pipeline = pipelines.find((one) => isJsonObject(one) && one['id'] === pipelineId);
    if (!pipeline) throw new DeliveryError(`front50 has no pipeline ${pipelineId} in ${application}`);
    const notifications = this.settings.get(dryrunConfig.notifications) as readonly JsonObject[];
    const body = dryrunBody(pipeline, execution, notifications);
    await this.http.post(urlsUnder(this.settings.get(dryrunConfig.baseUrl) ?? '')`orchestrate`, { body, identity });
  }
}
