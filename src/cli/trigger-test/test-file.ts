import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { EchoError, messageOf } from '../../platform/errors/index.js';
import { type JsonValue, parseJson } from '../../platform/json/index.js';
import { pipelineFilesIn, pipelinesInFile } from '../../pipelines/index.js';

const text = z.string().min(1);
const members = z.record(z.string(), z.json());

const expectedStart = z.strictObject({
  /** Name or id. */
  pipeline: text,
  application: text.optional(),
  /** Members that the trigger sent to orca must have. */
  trigger: members.optional(),
  /** Members that the body sent to orca must have. */
  body: members.optional(),
});

const expectedRejection = z.strictObject({
  pipeline: text,
  application: text.optional(),
  /** The rule that fails first, as decisions name it. */
  rule: text.optional(),
});

const triggerTest = z.strictObject({
  name: text,
  /** As it is posted to `POST /`. */
  event: members,
  /** All that may start, and nothing else; left out where that is not the question. */
  starts: z.array(expectedStart).optional(),
  /** Some that must not start. */
  rejects: z.array(expectedRejection).optional(),
});

const testFile = z.strictObject({
  /** Files and folders of pipelines, JSON or YAML, relative to this file. */
  pipelines: z.union([text.transform((one) => [one]), z.array(text).min(1)]),
  tests: z.array(triggerTest).min(1),
});

export type ExpectedStart = z.infer<typeof expectedStart>;
export type ExpectedRejection = z.infer<typeof expectedRejection>;
export type TriggerTest = z.infer<typeof triggerTest>;

/** Tests, and the pipelines that they are about, as front50 would have them. */
export interface TestFile {
  readonly pipelines: readonly JsonValue[];
  readonly tests: readonly TriggerTest[];
}

const unusable = (message: string): EchoError => new EchoError(message, { code: 'trigger-test-file' });

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unusable(`${file} cannot be read: ${messageOf(error)}`);
  }
}

function pipelinesAt(place: string): JsonValue[] {
  try {
    return pipelineFilesIn(place).flatMap((file) => pipelinesInFile(file, contentOf(file)));
  } catch (error) {
    throw unusable(`${place} has no usable pipelines: ${messageOf(error)}`);
  }
}

function parsed(file: string): unknown {
  try {
    return parse(contentOf(file));
  } catch (error) {
    throw error instanceof EchoError ? error : unusable(`${file} is no YAML: ${messageOf(error)}`);
  }
}

/** Reads a file of tests and the pipelines that it names. Throws an `EchoError` with all that is wrong with it. */
export function readTestFile(file: string): TestFile {
  const result = testFile.safeParse(parsed(file));
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `  ${issue.path.join('.') || 'the file'}: ${issue.message}`);
    throw unusable(`${file} cannot be used:\n${faults.join('\n')}`);
  }
  const { pipelines, tests } = result.data;
  const places = pipelines.map((place) => path.resolve(path.dirname(file), place));
  return { pipelines: places.flatMap(pipelinesAt), tests };
}

/** An event of a test as it would be posted. */
export const postedEvent = ({ event }: TriggerTest): JsonValue => parseJson(JSON.stringify(event));
