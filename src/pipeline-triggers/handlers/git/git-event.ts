import type { Artifact } from '../../../artifacts/index.js';
import { type EchoEvent, VERIFIED_HEADER } from '../../../events/index.js';
import type { JsonObject } from '../../../platform/json/index.js';
import { Content } from '../../content.js';
import type { Reading, RequestHeaders } from '../../trigger-handler.js';

/** A push, a pull request or the like, as the webhooks of all Git providers are told. */
export interface GitEvent {
  readonly source: string | undefined;
  readonly project: string | undefined;
  readonly slug: string | undefined;
  readonly hash: string | undefined;
  readonly branch: string | undefined;
  readonly action: string | undefined;
  /** What is known of a pull request: `number`, `draft`, `state`, `title`, as far as they are there. */
  readonly pullRequest: JsonObject;
  readonly artifacts: readonly Artifact[];
  /** The exact text that was sent and signed. */
  readonly rawContent: string | undefined;
  readonly headers: RequestHeaders;
  /** Whether it was verified on its way in that the source sent it. */
  readonly verified: boolean;
}

/** Reads a git event (edges.md §8.4). Without headers nobody could tell whether it was signed. */
export function readGit({ details, content, rawContent }: EchoEvent, headers: RequestHeaders): Reading<GitEvent> {
  if (!content) return { kind: 'unusable', reason: 'content: missing' };
  if (!details?.requestHeaders) return { kind: 'unusable', reason: 'details.requestHeaders: null' };
  const members = new Content(content);
  const pullRequest = {
    number: members.int('number'),
    draft: members.flag('draft'),
    state: members.text('state'),
    title: members.text('title'),
  };
  return {
    kind: 'event',
    event: {
      source: details.source ?? undefined,
      project: members.text('repoProject'),
      slug: members.text('slug'),
      hash: members.text('hash'),
      branch: members.text('branch'),
      action: members.text('action'),
      pullRequest: withoutAbsent(pullRequest),
      artifacts: members.artifacts('artifacts'),
      rawContent: rawContent ?? undefined,
      headers,
      verified: Object.hasOwn(headers, VERIFIED_HEADER) && !Object.hasOwn(details.requestHeaders, VERIFIED_HEADER),
    },
  };
}

const withoutAbsent = (members: Readonly<Record<string, string | number | boolean | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
