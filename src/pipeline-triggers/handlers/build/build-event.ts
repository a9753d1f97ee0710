import type { Artifact } from '../../../artifacts/index.js';
import type { EchoEvent } from '../../../events/index.js';
import type { JsonObject } from '../../../platform/json/index.js';
import { Content, oneOf } from '../../content.js';
import type { Reading } from '../../trigger-handler.js';

/** A build that succeeded, as igor reports it, and what igor says when it is asked for more. */
export interface BuildEvent {
  readonly master: string | undefined;
  readonly job: string | undefined;
  readonly number: number;
  readonly url: string | undefined;
  /** Those of the report itself. */
  readonly artifacts: readonly Artifact[];
  /** What the trigger's property file says; absent until asked for. */
  readonly properties?: JsonObject;
  /** Absent where igor could not tell. */
  readonly told?: { readonly buildInfo: JsonObject; readonly properties: JsonObject };
  /** All artifacts of the build, from everywhere; none until asked for. */
  readonly received?: readonly Artifact[];
}

const result = oneOf(['SUCCESS', 'UNSTABLE', 'BUILDING', 'ABORTED', 'FAILURE', 'NOT_BUILT']);

/** Reads a build event (core.md §3.2): only a finished build with the result `SUCCESS` can start anything. */
export function readBuild({ content }: EchoEvent): Reading<BuildEvent> {
  if (!content) return { kind: 'unusable', reason: 'content: missing' };
  const members = new Content(content);
  const project = members.inside('project');
  const build = project?.inside('lastBuild');
  if (!build) return { kind: 'idle', reason: 'the event tells of no build' };
  const event = {
    master: members.text('master'),
    job: project?.text('name'),
    number: build.int('number') ?? 0,
    url: build.text('url'),
    artifacts: build.artifacts('artifacts'),
  };
  const outcome = build.read('result', result);
  if (build.flag('building')) return { kind: 'idle', reason: 'the build has not finished' };
  if (outcome !== 'SUCCESS') return { kind: 'idle', reason: `the build's result is ${outcome ?? 'unknown'}` };
  return { kind: 'event', event };
}
