import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { EncodedPath, JsonHttp, asList, asObject, urlsUnder } from '../../platform/http/index.js';
import type { JsonObject, JsonValue } from '../../platform/json/index.js';
import { type Identity, allowAnonymous } from '../../platform/request-context/index.js';
import { Settings } from '../../platform/settings/index.js';
import { withRetries } from '../retry.js';
import { igorConfig } from './igor.config.js';

/** A build on a build server, as far as it is known. */
export interface BuildRef {
  readonly master?: string | undefined;
  /** May be encoded already; slashes separate folders. */
  readonly job?: string | undefined;
  readonly buildNumber: number;
}

/** A build of Google Cloud Build, in one of the accounts that igor knows. */
export interface CloudBuildRef {
  readonly account: string;
  readonly buildId: string;
}

/** Four pauses between five tries, two seconds each. */
const PAUSES = [2000, 2000, 2000, 2000];

/** Travis has no property files: its properties come from the log, which igor gives under this name. */
const TRAVIS = 'travis';

function propertyFileOf(propertyFile: string | undefined, { master }: BuildRef): string | undefined {
  return propertyFile || (master?.includes(TRAVIS) ? TRAVIS : undefined);
}

/**
 * Asks igor about builds (core.md §3.2). A question that lacks the master, the job or the property file is answered
 * with nothing, without a call. Builds are asked for up to five times; rejects as `JsonHttp` does.
 */
@Injectable()
export class IgorClient {
  /** Whether there is an igor to ask. */
  readonly enabled: boolean;
  private readonly url: ReturnType<typeof urlsUnder>;
  private readonly jobInQuery: boolean;

  constructor(
    private readonly http: JsonHttp,
    private readonly clock: Clock,
    settings: Settings,
  ) {
    this.enabled = settings.get(igorConfig.enabled);
    this.url = urlsUnder(settings.get(igorConfig.baseUrl));
    this.jobInQuery = settings.get(igorConfig.jobNameAsQueryParameter);
  }

  /** The build as igor tells it. */
  async buildStatus(build: BuildRef, identity: Identity): Promise<JsonObject> {
    const { master, job, buildNumber } = build;
    if (!master || !job) return {};
    const url = this.jobInQuery
      ? this.url`builds/status/${buildNumber}/${master}?job=${job}`
      : this.url`builds/status/${buildNumber}/${master}/${new EncodedPath(job)}`;
    return asObject((await this.ask(url, identity)) ?? {}, 'igor');
  }

  /** What the build's property file says. */
  async properties(build: BuildRef, propertyFile: string | undefined, identity: Identity): Promise<JsonObject> {
    const { master, job, buildNumber } = build;
    const file = propertyFileOf(propertyFile, build);
    if (!master || !job || !file) return {};
    const url = this.jobInQuery
      ? this.url`builds/properties/${buildNumber}/${file}/${master}?job=${job}`
      : this.url`builds/properties/${buildNumber}/${file}/${master}/${new EncodedPath(job)}`;
    return asObject((await this.ask(url, identity)) ?? {}, 'igor');
  }

  /** The artifacts that the build's property file names. */
  async artifacts(
    build: BuildRef,
    propertyFile: string | undefined,
    identity: Identity,
  ): Promise<readonly JsonValue[]> {
    const { master, job, buildNumber } = build;
    if (!master || !job || !propertyFile) return [];
    const url = this.jobInQuery
      ? this.url`builds/artifacts/${buildNumber}/${master}?job=${job}&propertyFile=${propertyFile}`
      : this.url`builds/artifacts/${buildNumber}/${master}/${new EncodedPath(job)}?propertyFile=${propertyFile}`;
    return asList((await this.ask(url, identity)) ?? [], 'igor');
  }

  /** One version of a package, asked for once. */
  async artifact(provider: string, name: string, version: string, identity: Identity): Promise<JsonObject> {
    return asObject(await this.http.get(this.url`artifacts/${provider}/${name}/${version}`, { identity }), 'igor');
  }

  /** Tells igor how a build of Google Cloud Build stands; `message` is Google's own, as it came. One try. */
  async cloudBuildChanged(build: CloudBuildRef, status: string, message: string, identity: Identity): Promise<void> {
    const url = this.url`gcb/builds/${build.account}/${build.buildId}?status=${status}`;
    await this.http.put(url, { body: message, identity: allowAnonymous(identity) });
  }

  /** The artifacts that a message of Google Cloud Build names. */
  async cloudBuildArtifacts(account: string, message: string, identity: Identity): Promise<readonly JsonValue[]> {
    const call = { body: message, identity: allowAnonymous(identity) };
    const ask = (): Promise<JsonValue> => this.http.put(this.url`gcb/artifacts/extract/${account}`, call);
    return asList((await withRetries(ask, PAUSES, this.clock)) ?? [], 'igor');
  }

  private ask(url: string, identity: Identity): Promise<JsonValue> {
    return withRetries(() => this.http.get(url, { identity }), PAUSES, this.clock);
  }
}
