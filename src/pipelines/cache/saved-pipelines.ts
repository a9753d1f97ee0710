import {
  type EchoEvent,
  EchoEventListener,
  type EventListener,
  type ReceivedEvent,
  typeOf,
} from '../../events/index.js';
import { isJsonObject } from '../../platform/json/index.js';
import { PipelineCache } from './pipeline-cache.js';

const ENDS = new Set(['orca:stage:complete', 'orca:task:complete']);

/** The id of the pipeline that an event tells the saving of (newer.md §13.2). */
export function savedPipeline(event: EchoEvent): string | undefined {
  if (!ENDS.has(typeOf(event))) return undefined;
  const context = event.content?.['context'];
  if (!isJsonObject(context) || context['notification.type'] !== 'savepipeline') return undefined;
  const id = context['pipeline.id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** Takes a saved pipeline over as soon as orca tells of it, and not with the next load of all. */
@EchoEventListener({ name: 'saved-pipelines' })
export class SavedPipelines implements EventListener {
  constructor(private readonly cache: PipelineCache) {}

  async processEvent(event: EchoEvent, { identity }: ReceivedEvent): Promise<void> {
    const id = savedPipeline(event);
    if (id !== undefined) await this.cache.reload(id, identity);
  }
}
