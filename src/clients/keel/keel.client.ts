import { Injectable } from '@nestjs/common';
import { JsonHttp, urlsUnder } from '../../platform/http/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import { Settings } from '../../platform/settings/index.js';
import { keelConfig } from './keel.config.js';

/** Tells keel what it wants to know. */
@Injectable()
export class KeelClient {
  private readonly url: ReturnType<typeof urlsUnder>;

  constructor(
    private readonly http: JsonHttp,
    settings: Settings,
  ) {
    this.url = urlsUnder(settings.get(keelConfig.baseUrl));
  }

  /** Artifacts that appeared; `body` is JSON. One call; rejects as `JsonHttp` does. */
  async artifactsAppeared(body: string, identity: Identity): Promise<void> {
    await this.http.post(this.url`artifacts/events`, { body, identity });
  }
}
