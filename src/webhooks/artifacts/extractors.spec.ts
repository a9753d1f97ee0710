import { beforeAll, describe, expect, it } from 'vitest';
import { WebhookBench } from '../../../test/support/webhook-bench.js';
import { DockerHubExtractor } from './docker-hub.extractor.js';
import { DockerRegistryExtractor } from './docker-registry.extractor.js';
import { EcrExtractor } from './ecr.extractor.js';
import { GarExtractor } from './gar.extractor.js';
import { GhcrExtractor } from './ghcr.extractor.js';
import { HarborExtractor } from './harbor.extractor.js';
import { NexusExtractor } from './nexus.extractor.js';
import { QuayExtractor } from './quay.extractor.js';

let bench: WebhookBench;

beforeAll(async () => {
  bench = await WebhookBench.with(
    ...[DockerHubExtractor, DockerRegistryExtractor, EcrExtractor, GarExtractor],
    ...[GhcrExtractor, HarborExtractor, NexusExtractor, QuayExtractor],
  );
});

/** What is found in what is posted to a source, whatever the type of the path. */
const found = (source: string, body: unknown): unknown => bench.event(`any/${source}`, body).content?.['artifacts'];
const image = (members: object) => ({ type: 'docker/image', customKind: false, metadata: {}, ...members });
const unclear = (source: string, body: unknown): string => {
  const reading = bench.read(`any/${source}`, body);
  return reading.kind === 'unclear' ? reading.reason : reading.kind;
};

describe('Docker Hub', () => {
  const body = { callback_url: 'C', push_data: { tag: 't', pusher: 'u' }, repository: { repo_name: 'o/r' } };
  const name = 'index.docker.io/o/r';

  it.each([
    [
      'a pushed image',
      body,
      { name, version: 't', reference: `${name}:t`, provenance: 'C', metadata: { pusher: 'u' } },
    ],
    [
      'what is missing, as null',
      { repository: {}, push_data: {} },
      { name: 'index.docker.io/null', reference: 'index.docker.io/null:null', metadata: { pusher: '' } },
    ],
  ])('tells of %s', (_what, sent, expected) => {
    expect(found('dockerhub', sent)).toEqual([image(expected)]);
  });

  it.each([[{ push_data: {} }], [{ repository: {} }]])('tells of nothing without its parts: %j', (sent) => {
    expect(found('dockerhub', sent)).toEqual([]);
  });
});

describe('a Docker registry', () => {
  const manifest = 'application/vnd.docker.distribution.manifest.v2+json';
  const event = (target: object, more: object = {}) => ({
    action: 'push',
    request: { host: 'registry.local' },
    target: { mediaType: manifest, repository: 'library/test', ...target },
    ...more,
  });

  it.each([
    ['by its tag', event({ tag: 'latest', digest: 'sha256:1' }), 'registry.local/library/test', 'latest', ':latest'],
    ['by its digest', event({ digest: 'sha256:1' }), 'registry.local/library/test', 'sha256:1', '@sha256:1'],
    ['without a host', event({ tag: 't' }, { request: {} }), 'library/test', 't', ':t'],
    [
      'with the first manifest format',
      event({ tag: 't', mediaType: manifest.replace('v2', 'v1') }),
      'registry.local/library/test',
      't',
      ':t',
    ],
  ])('tells of an image %s (edges.md §9, tests 38 to 40)', (_what, sent, name, version, suffix) => {
    expect(found('dockerregistry', { events: [sent] })).toEqual([image({ name, version, reference: name + suffix })]);
  });

  it.each([
    ['a pull', event({ tag: 't' }, { action: 'pull' })],
    ['a layer', event({ mediaType: 'application/octet-stream' })],
    ['another format', event({ tag: 't', mediaType: 'application/vnd.oci.image.manifest.v1+json' })],
    ['no tag and no digest', event({})],
    ['no repository', event({ tag: 't', repository: null })],
  ])('does not tell of %s', (_what, sent) => {
    expect(found('dockerregistry', { events: [sent] })).toEqual([]);
  });

  it.each([
    [{}, 'events: expected a list, got nothing'],
    [{ events: [{ action: null }] }, 'action: expected a text, got null'],
    [{ events: [{ action: 'push', target: {} }] }, 'target.mediaType: expected a text, got nothing'],
  ])('is not understood: %j', (sent, reason) => {
    expect(unclear('dockerregistry', sent)).toBe(reason);
  });
});

describe('Nexus', () => {
  const component = { group: 'io.pivotal.spinnaker', name: 'multifoundationmetrics', version: '0.3.3' };
  const maven = (members: object) => ({ type: 'maven/file', customKind: false, metadata: {}, ...members });
  const name = 'io.pivotal.spinnaker:multifoundationmetrics';

  it.each(['nexus', 'Nexus'])('tells of a component, by any case of its name: %s (test 41)', (source) => {
    expect(found(source, { repositoryName: 'maven-releases', component })).toEqual([
      maven({ name, version: '0.3.3', reference: `${name}:0.3.3`, provenance: 'maven-releases' }),
    ]);
  });

  it('writes what is missing as null, and tells of nothing without a component', () => {
    expect(found('nexus', { component: { group: 'g', name: 'n' } })).toEqual([
      maven({ name: 'g:n', reference: 'g:n:null' }),
    ]);
    expect(found('nexus', { repositoryName: 'r' })).toEqual([]);
  });
});

describe('Quay', () => {
  const body = { repository: 'o/r', docker_url: 'quay.io/o/r', homepage: 'h', updated_tags: ['a', 'b'] };

  it('tells of every updated tag', () => {
    expect(found('quay', body)).toEqual(
      ['a', 'b'].map((version) =>
        image({ name: 'quay.io/o/r', version, reference: `quay.io/o/r:${version}`, provenance: 'h' }),
      ),
    );
  });

  it('tells of nothing without tags or a repository, and is not understood with tags that are null', () => {
    expect(found('quay', { ...body, updated_tags: [] })).toEqual([]);
    expect(found('quay', { ...body, repository: null })).toEqual([]);
    expect(unclear('quay', { ...body, updated_tags: null })).toBe('updated_tags: expected a list, got null');
  });
});

describe('GHCR', () => {
  const version = (tag: string) => ({
    version: 'sha256:v',
    container_metadata: { tag: { name: tag, digest: 'sha256:1' } },
  });
  const made = (more: object) => ({ name: 'App', owner: { login: 'Octo' }, package_type: 'CONTAINER', ...more });

  it.each(['package', 'registry_package'])('tells of an image: %s', (member) => {
    expect(found('ghcr', { action: 'published', [member]: made({ package_version: version('v1') }) })).toEqual([
      image({
        name: 'ghcr.io/octo/app',
        version: 'v1',
        reference: 'ghcr.io/octo/app:v1',
        metadata: { digest: 'sha256:1' },
      }),
    ]);
  });

  it('tells of one without a tag by its digest', () => {
    const [untagged] = found('ghcr', { package: made({ package_version: version('') }) }) as [object];

    expect(untagged).toMatchObject({ version: 'sha256:1', reference: 'ghcr.io/octo/app@sha256:1' });
  });

  it.each([
    [{ zen: 'x', hook_id: 1 }],
    [{ package: made({ package_type: 'npm', package_version: version('v1') }) }],
    [{ package: made({}) }],
  ])('tells of nothing else: %j', (sent) => {
    expect(found('ghcr', sent)).toEqual([]);
  });
});

describe('Harbor', () => {
  const resources = (address: string) => ({ resources: [{ digest: 'sha256:1', tag: 'x', resource_url: address }] });

  it.each([
    ['with a tag', 'hub:8443/p/debian:latest', 'hub:8443/p/debian', 'latest'],
    ['with a digest', 'hub:8443/p/debian@sha256:1', 'hub:8443/p/debian', 'sha256:1'],
    ['of a port only', 'hub:8443/p/debian', 'hub:8443/p/debian', 'sha256:1'],
  ])('tells of an image %s', (_what, address, name, version) => {
    expect(found('harbor', { type: 'PUSH_ARTIFACT', event_data: resources(address) })).toMatchObject([
      { type: 'docker/image', name, version, metadata: { digest: 'sha256:1' } },
    ]);
  });

  it('may tell it as a CloudEvent', () => {
    expect(found('harbor', { type: 'harbor.artifact.pushed', data: resources('hub/p/i:t') })).toMatchObject([
      { name: 'hub/p/i', version: 't', reference: 'hub/p/i:t' },
    ]);
  });

  it('tells of nothing else', () => {
    expect(found('harbor', { type: 'DELETE_ARTIFACT', event_data: resources('hub/p/i:t') })).toEqual([]);
    expect(unclear('harbor', { type: 'PUSH_ARTIFACT' })).toBe('data: expected an object, got nothing');
  });
});

describe('ECR', () => {
  const event = (detail: object, region = 'us-west-2') => ({
    'detail-type': 'ECR Image Action',
    source: 'aws.ecr',
    account: '123456789012',
    region,
    detail: {
      result: 'SUCCESS',
      'repository-name': 'my/repo',
      'image-digest': 'sha256:1',
      'action-type': 'PUSH',
      'image-tag': 'latest',
      ...detail,
    },
  });

  it.each([
    ['by its tag', event({}), '123456789012.dkr.ecr.us-west-2.amazonaws.com/my/repo', 'latest'],
    ['by its digest', event({ 'image-tag': '' }), '123456789012.dkr.ecr.us-west-2.amazonaws.com/my/repo', 'sha256:1'],
    ['in China', event({}, 'cn-north-1'), '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/my/repo', 'latest'],
  ])('tells of an image %s', (_what, sent, name, version) => {
    expect(found('ecr', sent)).toMatchObject([
      { type: 'docker/image', name, version, metadata: { digest: 'sha256:1' } },
    ]);
  });

  it.each([[{ 'action-type': 'DELETE' }], [{ result: 'FAILURE' }]])('tells of nothing else: %j', (detail) => {
    expect(found('ecr', event(detail))).toEqual([]);
  });
});

describe.each(['gar', 'gcr'])('Google, as %s', (source) => {
  const name = 'us-east1-docker.pkg.dev/p/r/img';
  const message = { action: 'INSERT', digest: `${name}@sha256:1`, tag: `${name}:v1` };
  const data = (text: string) => ({ message: { data: Buffer.from(text).toString('base64'), messageId: '1' } });

  it.each([
    ['unwrapped', message],
    ['in the envelope of Pub/Sub', data(JSON.stringify(message))],
  ])('tells of an image: %s', (_what, sent) => {
    expect(found(source, sent)).toEqual([
      image({ name, version: 'sha256:1', reference: message.digest, metadata: { tag: message.tag } }),
    ]);
  });

  it('is not understood where the envelope holds no JSON', () => {
    expect(unclear(source, data('{'))).toContain('Invalid JSON');
  });

  it.each([[{ ...message, action: 'DELETE' }], [{ action: 'INSERT' }], [{}]])('tells of nothing else: %j', (sent) => {
    expect(found(source, sent)).toEqual([]);
  });
});
