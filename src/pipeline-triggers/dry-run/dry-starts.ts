import { Injectable } from '@nestjs/common';
import type { ReceivedEvent } from '../../events/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { type JsonValue, parseJson } from '../../platform/json/index.js';
import { type Rejected, StartPreview, type Subject, rejected, startBody } from '../../pipelines/index.js';
import type { Match } from '../match/match.js';
import { failureOf, requestOf } from '../match/start-request.js';
import { PostProcessing } from '../post-processing.js';

/** What a match would come to. */
export type WouldBe = Rejected | { readonly kind: 'matched'; readonly start: WouldStart };

/** The start that would be made; the body has none of the ids that Echo gives a start. */
export type WouldStart =
  | {
      readonly kind: 'would-start';
      readonly path: '/orchestrate';
      /** As whom it would run. */
      readonly user: string | null;
      /** Orca would plan the body first. */
      readonly planned: boolean;
      readonly body: JsonValue;
    }
  | { readonly kind: 'suppressed'; readonly by: string; readonly body: JsonValue }
  /** Another trigger of the pipeline makes the same start. */
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'would-fail'; readonly path: '/fail'; readonly error: string; readonly body: JsonValue };

/** Says what starts would be made, without making them. */
@Injectable()
export class DryStarts {
  constructor(
    private readonly processing: PostProcessing,
    private readonly preview: StartPreview,
  ) {}

  /** For one event: what is decided about its matches, one after another. */
  deciderFor(received: ReceivedEvent): (match: Match) => Promise<Subject & WouldBe> {
    const made = new Set<string>();
    return async (match) => ({ ...match.subject, ...(await this.wouldBe(match, received, made)) });
  }

  private async wouldBe(match: Match, received: ReceivedEvent, made: Set<string>): Promise<WouldBe> {
    if (match.error !== undefined) return { kind: 'matched', start: failing(match, match.error) };
    try {
      return { kind: 'matched', start: await this.start(match, received, made) };
    } catch (error) {
      return rejected('start', 'a start', messageOf(error));
    }
  }

  private async start(match: Match, received: ReceivedEvent, made: Set<string>): Promise<WouldStart> {
    const pipeline = this.processing.applyTo(match.pipeline);
    const request = { ...requestOf(match, pipeline, received), source: 'EXTERNAL_EVENT' } as const;
    const { key, suppressedBy, user, planned, body } = await this.preview.of(request);
    if (made.has(key)) return { kind: 'duplicate' };
    made.add(key);
    if (suppressedBy !== undefined) return { kind: 'suppressed', by: suppressedBy, body: parseJson(body) };
    return { kind: 'would-start', path: '/orchestrate', user, planned, body: parseJson(body) };
  }
}

function failing(match: Match, error: string): WouldStart {
  return { kind: 'would-fail', path: '/fail', error, body: parseJson(startBody(failureOf(match.pipeline, error))) };
}
