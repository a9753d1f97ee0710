import { describe, expect, it } from 'vitest';
import { parseJson, stringifyJson, withoutNulls } from '../platform/json/index.js';
import { artifact, readArtifact, readExpectedArtifact } from './index.js';

/** Reads a text and writes it as orca gets it. Every row was taken from the original's classes. */
const asSent = (read: typeof readArtifact | typeof readExpectedArtifact, json: string): string =>
  stringifyJson(withoutNulls(read(parseJson(json))));

describe('an artifact', () => {
  it.each([
    ['{}', '{"customKind":false,"metadata":{}}'],
    ['{"type":"t","kind":"k","customKind":true,"foo":1}', '{"type":"t","customKind":true,"metadata":{"foo":1}}'],
    ['{"before":1,"metadata":{"m":1},"after":2}', '{"customKind":false,"metadata":{"m":1,"after":2}}'],
    ['{"after":2,"metadata":null,"x":1}', '{"customKind":false,"metadata":{"x":1}}'],
    ['{"metadata":{"a":null,"b":1},"c":null}', '{"customKind":false,"metadata":{"b":1}}'],
    ['{"metadata":{"a":1},"a":2}', '{"customKind":false,"metadata":{"a":2}}'],
    ['{"a":2,"b":{"x":[1.0]}}', '{"customKind":false,"metadata":{"a":2,"b":{"x":[1.0]}}}'],
    [
      '{"name":1,"version":1.50,"location":true}',
      '{"customKind":false,"name":"1","version":"1.5","location":"true","metadata":{}}',
    ],
    ['{"customKind":"","name":null}', '{"customKind":false,"metadata":{}}'],
    [
      '{"uuid":"u","provenance":"p","artifactAccount":"a","reference":"r","location":"l","version":"v","name":"n","type":"t"}',
      '{"type":"t","customKind":false,"name":"n","version":"v","location":"l","reference":"r","metadata":{},' +
        '"artifactAccount":"a","provenance":"p","uuid":"u"}',
    ],
    [
      '{"fileName":"a.deb","relativePath":"out/a.deb"}',
      '{"customKind":false,"metadata":{"fileName":"a.deb","relativePath":"out/a.deb"}}',
    ],
    ['{"__proto__":{"name":"n"}}', '{"customKind":false,"metadata":{"__proto__":{"name":"n"}}}'],
  ])('%s is sent as %s', (json, sent) => {
    expect(asSent(readArtifact, json)).toBe(sent);
  });

  it.each([
    ['{"metadata":"x"}', "metadata: expected an object, got 'x'"],
    ['{"name":[]}', 'name: expected a text, got a list'],
    ['{"customKind":"yes"}', "customKind: expected true or false, got 'yes'"],
    ['[]', 'expected an object, got a list'],
    ['null', 'expected an artifact, got null'],
  ])('cannot be made of %s', (json, message) => {
    expect(() => readArtifact(parseJson(json))).toThrow(message);
  });

  it('is made of some fields, the others left out', () => {
    const made = artifact({ version: '1', type: 'docker/image', name: undefined });

    expect(stringifyJson(made)).toBe('{"type":"docker/image","customKind":false,"version":"1","metadata":{}}');
  });
});

describe('an expected artifact', () => {
  const empty = '{"customKind":false,"metadata":{}}';

  it.each([
    ['{}', `{"matchArtifact":${empty},"usePriorArtifact":false,"useDefaultArtifact":false,"id":""}`],
    [
      '{"id":"i","displayName":"d","matchArtifact":{"name":"n","id":"x"},"defaultArtifact":{},"useDefaultArtifact":"true"}',
      '{"matchArtifact":{"customKind":false,"name":"n","metadata":{"id":"x"}},"usePriorArtifact":false,' +
        `"useDefaultArtifact":true,"defaultArtifact":${empty},"id":"i"}`,
    ],
    [
      '{"matchArtifact":null,"defaultArtifact":null,"boundArtifact":{"name":"b"}}',
      `{"matchArtifact":${empty},"usePriorArtifact":false,"useDefaultArtifact":false,"id":"",` +
        '"boundArtifact":{"customKind":false,"name":"b","metadata":{}}}',
    ],
    ['{"id":5}', `{"matchArtifact":${empty},"usePriorArtifact":false,"useDefaultArtifact":false,"id":"5"}`],
  ])('%s is sent as %s', (json, sent) => {
    expect(asSent(readExpectedArtifact, json)).toBe(sent);
  });

  it.each([
    ['{"matchArtifact":[]}', 'matchArtifact: expected an object, got a list'],
    ['{"matchArtifact":{"metadata":1}}', 'matchArtifact.metadata: expected an object, got 1'],
    ['{"usePriorArtifact":"maybe"}', "usePriorArtifact: expected true or false, got 'maybe'"],
    ['null', 'expected an expected artifact, got null'],
  ])('cannot be made of %s', (json, message) => {
    expect(() => readExpectedArtifact(parseJson(json))).toThrow(message);
  });
});
