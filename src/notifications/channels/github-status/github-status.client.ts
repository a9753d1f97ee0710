import { Injectable } from '@nestjs/common';
import { EncodedPath, JSON_TYPE, urlsUnder } from '../../../platform/http/index.js';
import { isJsonObject, stringifyJson } from '../../../platform/json/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { objectOf } from '../../events/occasion.js';
import { DeliveryError } from '../../delivery/failure.js';
import { ProviderHttp, parsedAnswer } from '../../delivery/provider-http.js';
import { githubStatusConfig } from './github-status.config.js';
import { type GithubStatusMessage, mergedCommit } from './github-status.message.js';

/** Statuses that say that nothing but the request is at fault. */
const FINAL = new Set([400, 404]);

/** Whatever else GitHub refuses is tried again, as in the original: it limits rates by 403, and knows new commits late. */
function again(error: unknown): unknown {
  if (!(error instanceof DeliveryError) || FINAL.has(error.status)) return error;
  return new DeliveryError(error.message, { ...error.failure, retryable: true });
}

/** Sets statuses at GitHub. Rejects with a `DeliveryError` in GitHub's words. */
@Injectable()
export class GithubStatusClient {
  constructor(
    private readonly http: ProviderHttp,
    private readonly settings: Settings,
  ) {}

  async set({ repo, sha, status }: GithubStatusMessage): Promise<void> {
    const commit = await this.meantBy(repo, sha);
    const headers = { ...this.headers, 'content-type': JSON_TYPE };
    const url = this.url`repos/${new EncodedPath(repo)}/statuses/${commit}`;
    try {
      await this.http.send({ method: 'POST', url, headers, body: stringifyJson(status) });
    } catch (error) {
      throw again(error);
    }
  }

  /** The commit that a merge commit merges, if it is one; the commit itself where GitHub does not tell. */
  private async meantBy(repo: string, sha: string): Promise<string> {
    let answer;
    try {
      const url = this.url`repos/${new EncodedPath(repo)}/commits/${sha}`;
      answer = parsedAnswer(await this.http.send({ method: 'GET', url, headers: this.headers }), 'GitHub');
    } catch {
      return sha;
    }
    const { commit } = objectOf(answer);
    // As in the original: what is no commit gets no status.
    if (!isJsonObject(commit)) throw new DeliveryError(`GitHub answered something else than the commit ${sha}`);
    return mergedCommit(String(commit['message'])) ?? sha;
  }

  private get headers(): Record<string, string> {
    return { authorization: `token ${this.settings.get(githubStatusConfig.token) ?? ''}` };
  }

  private get url(): ReturnType<typeof urlsUnder> {
    return urlsUnder(this.settings.get(githubStatusConfig.endpoint));
  }
}
