import { Injectable } from '@nestjs/common';
import { type Artifact, readArtifact } from '../../artifacts/index.js';
import { type BuildRef, IgorClient } from '../../clients/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { BadAnswerError } from '../../platform/http/index.js';
import type { JsonObject, JsonValue } from '../../platform/json/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import type { Trigger } from '../../pipelines/index.js';
import { archivedIn } from '../builds/igor-builds.js';

/** A manual trigger with everything that its build and artifacts brought. */
export interface Completed {
  readonly trigger: Trigger;
  readonly artifacts: readonly Artifact[];
  /** What could not be had; with any of these the start is reported as failed instead. */
  readonly faults: readonly string[];
}

/** Asks igor for the build and the artifacts that a manual trigger names (core.md §3.11). */
@Injectable()
export class BuildLookUp {
  constructor(private readonly igor: IgorClient) {}

  /** Rejects when the build itself cannot be had. */
  async complete(given: Trigger, identity: Identity): Promise<Completed> {
    if (!this.igor.enabled) return { trigger: given, artifacts: [], faults: [] };
    const built = await this.withBuild(given, identity);
    return this.withArtifacts(built, identity);
  }

  private async withBuild(given: Trigger, identity: Identity): Promise<Completed> {
    const { master, job, buildNumber, propertyFile } = given;
    if (!master || !job || buildNumber === undefined) return { trigger: given, artifacts: [], faults: [] };
    const build: BuildRef = { master, job, buildNumber };
    const faults: string[] = [];
    const buildInfo = await this.igor.buildStatus(build, identity);
    const properties = await attempt(faults, 'Could not get property file from build server', () =>
      this.igor.properties(build, propertyFile, identity),
    );
    const listed = await attempt(faults, 'Could not get all artifacts from build server', async () =>
      (await this.igor.artifacts(build, propertyFile, identity)).map(readArtifact),
    );
    return {
      trigger: { ...given, buildInfo, ...(properties && { properties }) },
      artifacts: [...archivedIn(buildInfo), ...(listed ?? []), ...archivedIn(given.buildInfo)],
      faults,
    };
  }

  private async withArtifacts(built: Completed, identity: Identity): Promise<Completed> {
    const given = built.trigger.artifacts ?? [];
    if (given.length === 0) return built;
    const faults = [...built.faults];
    const resolved = await attempt(faults, 'Could not resolve artifacts', () => this.resolveAll(given, identity));
    if (!resolved) return { ...built, faults };
    const trigger = { ...built.trigger, artifacts: resolved as unknown as readonly JsonObject[] };
    return { trigger, artifacts: [...built.artifacts, ...resolved], faults };
  }

  /** One after the other: after the first that fails nobody needs the rest. */
  private async resolveAll(given: readonly JsonValue[], identity: Identity): Promise<Artifact[]> {
    const resolved: Artifact[] = [];
    for (const raw of given) resolved.push(await this.resolve(raw, identity));
    return resolved;
  }

  /** An artifact that igor does not know stays as it was given. */
  private async resolve(raw: JsonValue, identity: Identity): Promise<Artifact> {
    const given = readArtifact(raw);
    const { name, version, location } = given;
    if (!name || !version || !location) return given;
    try {
      return readArtifact(await this.igor.artifact(location, name, version, identity));
    } catch (error) {
      if (error instanceof BadAnswerError && error.answer.status === 404) return given;
      throw error;
    }
  }
}

/** A failure becomes a line for the person who started it. */
async function attempt<T>(faults: string[], what: string, task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task();
  } catch (error) {
    faults.push(`${what}: ${messageOf(error)}`);
    return undefined;
  }
}
