import type { EchoEvent } from '../events/index.js';
import { type EvaluationOptions, evaluateTemplate } from '../expressions/index.js';
import type { JsonObject } from '../platform/json/index.js';
import { fitsWildcard } from '../platform/regex/index.js';
import type { Endpoint } from './endpoint.js';

type Filter = Pick<Endpoint, 'types' | 'sources' | 'applications' | 'expression'>;

/** Whether an endpoint wants an event: each list that is not empty has to name it, and the expression has to be true. */
export function isWanted(filter: Filter, event: EchoEvent, options: EvaluationOptions): boolean {
  const { type, source, application } = event.details ?? {};
  const named =
    covers(filter.types, type) && covers(filter.sources, source) && covers(filter.applications, application);
  if (!named || filter.expression === undefined) return named;
  return textOf(filter.expression, event, options) === 'true';
}

/** The text that an expression over the event gives; `undefined` where it cannot be evaluated or is null. */
export function textOf(expression: string, event: EchoEvent, options: EvaluationOptions): string | undefined {
  const template = expression.includes('${') ? expression : `\${${expression}}`;
  const outcome = evaluateTemplate(template, rootOf(event), options);
  return outcome.kind === 'value' && outcome.unresolved.length === 0 ? String(outcome.value) : undefined;
}

/** Reading a missing member is a failure, so those that an event may lack are there as null. */
function rootOf({ details, content, payload, rawContent, eventId }: EchoEvent): JsonObject {
  const optional = { source: null, type: null, application: null, project: null, organization: null };
  return {
    details: { ...optional, ...(details as JsonObject | null | undefined) },
    content: content ?? {},
    payload: payload ?? {},
    rawContent: rawContent ?? null,
    eventId,
  };
}

function covers(patterns: readonly string[], value: string | null | undefined): boolean {
  return (
    patterns.length === 0 || (typeof value === 'string' && patterns.some((pattern) => fitsWildcard(pattern, value)))
  );
}
