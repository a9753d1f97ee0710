import { describe, expect, it } from 'vitest';
import { jinjaTemplate } from '../../platform/templates/index.js';
import { builtInTemplate, messageArtifacts, type MessageFormat } from './index.js';

const read = (format: MessageFormat, message: object) =>
  messageArtifacts(JSON.stringify(message), builtInTemplate(format));
const found = (...artifacts: object[]) => ({
  kind: 'artifacts',
  artifacts: artifacts.map((one) => ({ customKind: false, metadata: {}, ...one })),
});

describe('built-in templates', () => {
  it('S3: one artifact a record, keys as delivered', () => {
    const record = (key: string, versionId?: string) => ({
      awsRegion: 'us-east-1',
      s3: { bucket: { name: 'b', arn: 'arn:b' }, object: { key, versionId } },
    });
    const artifact = (at: string, version: string) => ({
      type: 's3/object',
      name: at,
      reference: at,
      version,
      provenance: 'arn:b',
      location: 'us-east-1',
    });
    expect(read('S3', { Records: [record('a%2Bb', 'v1'), record('c')] })).toEqual(
      found(artifact('s3://b/a%2Bb', 'v1'), artifact('s3://b/c', '')),
    );
  });

  it('GCS: the object without a version', () => {
    const at = 'gs://b/dir/n';
    expect(read('GCS', { bucket: 'b', name: 'dir/n' })).toEqual(found({ type: 'gcs/object', name: at, reference: at }));
  });

  it('GCR: the image by digest; none leaves the reference empty', () => {
    const type = 'docker/image';
    const image = { type, name: 'gcr.io/p/i', version: 'sha256:1', reference: 'gcr.io/p/i@sha256:1' };
    expect(read('GCR', { digest: 'gcr.io/p/i@sha256:1', tag: 'x' })).toEqual(found(image));
    expect(read('GCR', { tag: 'x' })).toEqual(found({ type, name: '', version: '', reference: '' }));
  });

  it('GCB: images, then objects; either may be absent', () => {
    const images = [{ name: 'gcr.io/p/i:latest', digest: 'sha256:1' }];
    const objects = { location: 'gs://b/', paths: ['x', 'y'] };
    const image = { type: 'docker/image', name: 'gcr.io/p/i', version: 'sha256:1', reference: 'gcr.io/p/i@sha256:1' };
    const object = (at: string) => ({ type: 'gcs/object', name: at, version: at, reference: at });
    expect(read('GCB', { results: { images }, artifacts: { objects } })).toEqual(
      found(image, object('gs://b/x'), object('gs://b/y')),
    );
    expect(read('GCB', { results: { images } })).toEqual(found(image));
    expect(read('GCB', {})).toEqual(found());
  });
});

describe('a message', () => {
  it('without a template is the list itself; unknown members are metadata', () => {
    expect(messageArtifacts('[{"type":"t","colour":"red"}]', undefined)).toEqual(
      found({ type: 't', metadata: { colour: 'red' } }),
    );
  });

  it('that is empty has none', () => {
    expect(messageArtifacts('', builtInTemplate('GCS'))).toEqual(found());
  });

  it.each(['[1]', 'text', 'null'])('%s cannot be read by a template', (message) => {
    expect(messageArtifacts(message, builtInTemplate('GCS'))).toMatchObject({ kind: 'not-an-object' });
  });

  it.each(['{"type":"t"}', 'no json', '[1]'])('a template that writes %s yields none, with the reason', (text) => {
    expect(messageArtifacts('{}', jinjaTemplate('t', text))).toMatchObject({ kind: 'not-artifacts' });
  });
});
