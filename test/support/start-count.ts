import type { FakeService } from './fake-spinnaker.js';

interface StartBody {
  readonly executionId: string;
  readonly trigger: { readonly payload: { readonly n: number } };
}

/** Under which execution ids the webhooks of a `WebhookLoad` were started, by their numbers. */
export function startedBy(orca: FakeService): Map<number, string[]> {
  const ids = new Map<number, string[]>();
  for (const body of orca.posted('/orchestrate')) {
    const { executionId, trigger } = body as unknown as StartBody;
    const { n } = trigger.payload;
    ids.set(n, [...(ids.get(n) ?? []), executionId]);
  }
  return ids;
}
