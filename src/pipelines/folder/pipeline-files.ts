import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type JsonValue, isJsonObject, parseJson } from '../../platform/json/index.js';

const FILE = /\.(json|ya?ml)$/i;

/** Whether a file of this name may hold pipelines. */
export const isPipelineFile = (name: string): boolean => FILE.test(name);

/** The files of pipelines in a folder and those below it, in order; a file is its own. */
export function pipelineFilesIn(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' });
  return names
    .filter(isPipelineFile)
    .sort()
    .map((name) => path.join(place, name));
}

function documentsIn(file: string, text: string): JsonValue[] {
  if (/\.json$/i.test(file)) return [parseJson(text)].flat();
  return parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return [document.toJS() as JsonValue].flat().filter((pipeline) => pipeline !== null);
  });
}

/** A pipeline in a file needs no id: its application and name make one that stays. */
function withId(raw: JsonValue): JsonValue {
  if (!isJsonObject(raw) || raw['id']) return raw;
  return {
    ...raw,
    id: `${String(raw['application'])}-${String(raw['name'])}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
  };
}

/**
 * The pipelines in a file: one, a list of them, or (YAML) several documents. Throws when it cannot be parsed.
 *
 * @param file its name says whether it is JSON or YAML
 */
export const pipelinesInFile = (file: string, text: string): JsonValue[] => documentsIn(file, text).map(withId);
