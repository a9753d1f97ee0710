import { messageOf } from '../../platform/errors/index.js';
import { type JsonValue, isJsonList, isJsonObject, parseJson } from '../../platform/json/index.js';
import type { Template } from '../../platform/templates/index.js';
import { type Artifact, readArtifact } from '../artifact.js';

/** What a message says about artifacts. */
export type MessageArtifacts =
  | { readonly kind: 'artifacts'; readonly artifacts: readonly Artifact[] }
  /** A template needs an object to read from; the original fails here. */
  | { readonly kind: 'not-an-object'; readonly reason: string }
  /** The outcome is no list of artifacts; the original warns and goes on without any. */
  | { readonly kind: 'not-artifacts'; readonly reason: string };

/**
 * Reads artifacts out of a message: the members of the message are the variables of the template, which writes a JSON
 * list of artifacts. Without a template the message is that list.
 *
 * @throws TemplateError when the template cannot be rendered
 */
export function messageArtifacts(message: string, template: Template | undefined): MessageArtifacts {
  if (message === '') return { kind: 'artifacts', artifacts: [] };
  if (template === undefined) return artifactsIn(message);
  const values = jsonIn(message);
  if (!isJsonObject(values)) return { kind: 'not-an-object', reason: 'the message is not a JSON object' };
  return artifactsIn(template.render(values));
}

function jsonIn(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function artifactsIn(text: string): MessageArtifacts {
  try {
    const list = parseJson(text);
    if (!isJsonList(list)) return { kind: 'not-artifacts', reason: 'not a JSON list' };
    return { kind: 'artifacts', artifacts: list.map(readArtifact) };
  } catch (error) {
    return { kind: 'not-artifacts', reason: messageOf(error) };
  }
}
