import type { EchoEvent } from '../../events/index.js';
import { type JsonObject, type JsonValue, isJsonObject, javaText } from '../../platform/json/index.js';

/** What orca reports about executions and stages; about single tasks nobody is notified. */
export type OccasionKind = 'pipeline' | 'orchestration' | 'stage';

/** Something of which people may want to be notified: a transition of an execution or of a stage. */
export interface Occasion {
  readonly kind: OccasionKind;
  /** `starting`, `complete`, `failed` or, of stages, `skipped`. */
  readonly status: string;
  readonly application: string | undefined;
  readonly execution: JsonObject;
  /** The context of a stage. */
  readonly context: JsonObject;
  readonly content: JsonObject;
  readonly event: EchoEvent;
}

const KINDS: ReadonlySet<string> = new Set<OccasionKind>(['pipeline', 'orchestration', 'stage']);

export const objectOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});

/** Truth as the original reads it: the text `true`, in whatever case. */
export const isTrue = (value: JsonValue | undefined): boolean => javaText(value ?? null).toLowerCase() === 'true';

/** What people mark a notification with to get it for this occasion: `pipeline.complete`, `stage.failed` … */
export const momentOf = ({ kind, status }: Pick<Occasion, 'kind' | 'status'>): string => `${kind}.${status}`;

/**
 * Reads an event as an occasion (notifications.md §2.2); nothing for events of other services, for tasks, for what was
 * cancelled, and for stages about whose judgment orca notifies by itself.
 */
export function occasionOf(event: EchoEvent): Occasion | undefined {
  const [orca, kind = '', status] = (event.details?.type ?? '').split(':');
  if (orca !== 'orca' || !KINDS.has(kind) || !status) return undefined;
  const content = event.content ?? {};
  const occasion: Occasion = {
    kind: kind as OccasionKind,
    status,
    application: event.details?.application ?? undefined,
    execution: objectOf(content['execution']),
    context: objectOf(content['context']),
    content,
    event,
  };
  return isHeldBack(occasion) ? undefined : occasion;
}

function isHeldBack({ kind, content, execution }: Occasion): boolean {
  if (kind !== 'stage') return execution['status'] === 'CANCELED' || isTrue(execution['canceled']);
  return isTrue(content['canceled']) || typeof content['when'] === 'string' || Array.isArray(content['when']);
}
