import type { Pipeline, Trigger } from '../../pipelines/index.js';
import type { TriggerHandler } from '../trigger-handler.js';

/** A trigger with the pipeline it stands on. */
export interface Candidate {
  readonly pipeline: Pipeline;
  readonly trigger: Trigger;
}

/** A trigger that can never match because it lacks members. */
export interface IncompleteTrigger extends Candidate {
  readonly missing: readonly string[];
}

const EMPTY: readonly Candidate[] = [];

/** What the handlers' look-up keys lead to: an event touches its candidates only, however many triggers there are. */
export class TriggerIndex {
  private readonly byType: ReadonlyMap<string, ReadonlyMap<string, readonly Candidate[]>>;
  readonly incomplete: readonly IncompleteTrigger[];

  constructor(pipelines: readonly Pipeline[], handlers: readonly TriggerHandler[]) {
    const keyers = new Map(handlers.flatMap((handler) => handler.triggerTypes.map((type) => [type, handler] as const)));
    const byType = new Map<string, Map<string, Candidate[]>>();
    const incomplete: IncompleteTrigger[] = [];
    for (const pipeline of pipelines) {
      for (const trigger of pipeline.triggers ?? []) {
        const type = trigger.type ?? '';
        const handler = keyers.get(type);
        if (!handler) continue;
        const key = handler.triggerKey(trigger);
        if (key.kind === 'key') append(byType, type, key.key, { pipeline, trigger });
        else incomplete.push({ pipeline, trigger, missing: key.missing });
      }
    }
    this.byType = byType;
    this.incomplete = incomplete;
  }

  /** In the order of the types, then of pipelines and their triggers. Switched-off ones are among them. */
  candidates(types: readonly string[], key: string): readonly Candidate[] {
    if (types.length === 1 && types[0] !== undefined) return this.byType.get(types[0])?.get(key) ?? EMPTY;
    return types.flatMap((type) => this.byType.get(type)?.get(key) ?? EMPTY);
  }
}

function append(byType: Map<string, Map<string, Candidate[]>>, type: string, key: string, candidate: Candidate): void {
  let byKey = byType.get(type);
  if (!byKey) byType.set(type, (byKey = new Map<string, Candidate[]>()));
  const known = byKey.get(key);
  if (known) known.push(candidate);
  else byKey.set(key, [candidate]);
}
