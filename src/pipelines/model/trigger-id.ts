import { createHash } from 'node:crypto';
import { javaText } from '../../platform/json/index.js';
import type { JsonValue } from '../../platform/json/index.js';
import type { Pipeline, Trigger } from './pipeline.js';

/**
 * What a trigger's id is made of, in this order (edges.md §8.3). Members that are not listed do not count: triggers
 * that differ only in those have the same id.
 */
const IDENTIFYING = [
  'id',
  'type',
  'application',
  'pipeline',
  'correlationId',
  'executionId',
  'project',
  'slug',
  'source',
  'branch',
  'master',
  'job',
  'cronExpression',
  'subscriptionName',
  'pubsubSystem',
  'account',
  'repository',
  'tag',
  'payloadConstraints',
  'attributeConstraints',
  'status',
  'expectedArtifactIds',
  'artifactName',
  'parameters',
  'payload',
  'runAsUser',
  'digest',
  'link',
  'linkText',
] as const satisfies readonly (keyof Trigger)[];

/** A name-based UUID (version 3) without a name space: MD5 of the UTF-8 bytes with the version and variant bits set. */
function nameUuid(name: string): string {
  const hash = createHash('md5').update(name, 'utf8').digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x30, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The text that is hashed; shown by the vectors. */
export function identifyingText(trigger: Trigger, parent: Pick<Pipeline, 'application' | 'name' | 'id'>): string {
  const values = IDENTIFYING.map((field) => javaText((trigger[field] ?? null) as JsonValue));
  return `Trigger(${values.join(', ')}, Pipeline(${parent.application}, ${parent.name}, ${parent.id ?? 'null'}))`;
}

/**
 * The id of a trigger: derived from its content and its pipeline, always replacing a stored one (which is part of the
 * text). It names cron slots and feeds `H`, so it must be the original's to the letter.
 */
export const triggerId = (trigger: Trigger, parent: Pick<Pipeline, 'application' | 'name' | 'id'>): string =>
  nameUuid(identifyingText(trigger, parent));
