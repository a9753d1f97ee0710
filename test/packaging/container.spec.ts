import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { repository } from './checkout.js';

const read = (name: string): string => readFileSync(path.join(repository, name), 'utf8');

/** The instructions of the Dockerfile's stages, continuation lines joined. */
function stages(): string[][] {
  const lines = read('Dockerfile')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return lines.reduce<string[][]>(
    (found, line) =>
      line.startsWith('FROM ') ? [...found, [line]] : [...found.slice(0, -1), [...(found.at(-1) ?? []), line]],
    [],
  );
}

const runtime = (): string[] => stages().at(-1) ?? [];
const instruction = (name: string): string =>
  runtime()
    .findLast((line) => line.startsWith(`${name} `))
    ?.slice(name.length + 1) ?? '';

interface Compose {
  services: Record<string, Record<string, unknown>>;
  volumes: Record<string, unknown>;
}

const compose = (): Compose => parse(read('docker-compose.yml'), { merge: true }) as Compose;

describe('the image', () => {
  it('builds and runs on one LTS line of Node.js', () => {
    const bases = new Set(stages().map(([from]) => /^FROM (\S+)/.exec(from ?? '')?.[1]));

    expect([...bases]).toEqual(['node:24-slim']);
  });

  it('runs as user and group 10111, by number', () => {
    expect(instruction('USER')).toBe('10111:10111');
    expect(instruction('RUN')).toContain('groupadd --gid 10111 spinnaker');
    expect(instruction('RUN')).toContain('useradd --uid 10111 --gid spinnaker');
  });

  it('runs the production command itself, so that it gets the signals', () => {
    expect(JSON.parse(instruction('CMD'))).toEqual(['node', 'dist/main.js']);
    expect(instruction('WORKDIR')).toBe('/opt/echo');
    expect(runtime().some((line) => line.startsWith('ENTRYPOINT'))).toBe(false);
  });

  it('exposes the port that its health check asks', () => {
    expect(instruction('EXPOSE')).toBe('8089');
    expect(instruction('HEALTHCHECK')).toContain('http://127.0.0.1:${process.env.SERVER_PORT ?? 8089}/health');
  });

  it('takes no development packages along', () => {
    expect(stages()[0]).toContainEqual(expect.stringContaining('npm prune --omit=dev'));
    expect(runtime().filter((line) => line.startsWith('COPY') && !line.includes('--from=build'))).toEqual([]);
  });

  it('gets from the build context all that its build copies', () => {
    const sent = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    const copied = (stages()[0] ?? [])
      .filter((line) => line.startsWith('COPY '))
      .flatMap((line) => line.split(' ').slice(1, -1));

    expect(sent.sort()).toEqual(copied.sort());
    expect(copied.filter((name) => !existsSync(path.join(repository, name)))).toEqual([]);
  });
});

describe('docker compose', () => {
  it('runs the standalone service on the port of the image, with a read-only root', () => {
    expect(compose().services['echo']).toMatchObject({
      build: '.',
      read_only: true,
      environment: { NEST_PROFILE: 'standalone' },
      ports: ['8089:8089'],
    });
  });

  it('brings PostgreSQL 17 only when asked for, healthy before it is used, with a volume', () => {
    const postgres = compose().services['postgres'];

    expect(postgres).toMatchObject({ image: 'postgres:17', profiles: ['sql'], healthcheck: { retries: 10 } });
    expect(postgres?.['volumes']).toEqual(['postgres:/var/lib/postgresql/data']);
    expect(Object.keys(compose().volumes)).toEqual(['postgres']);
  });

  it.each([
    [
      'memory',
      {
        'memory-echo': ['echo', 3],
        'memory-scheduler': ['echo-scheduler', 1],
        'memory-missed-scheduler': ['echo-missed-scheduler', 1],
      },
    ],
    ['sql', { 'sql-echo': ['echo-scheduler', 3], 'sql-missed-scheduler': ['echo-missed-scheduler', 1] }],
  ])('has the %s topology, over the orca that the standalone service plays', (name, expected) => {
    const services = Object.entries(compose().services).filter(
      ([service, { profiles }]) => (profiles as string[] | undefined)?.includes(name) && service !== 'postgres',
    );
    const shape = services.map(([service, { environment, deploy }]) => [
      service,
      [
        (environment as Record<string, string>)['NEST_PROFILE'],
        (deploy as { replicas: number } | undefined)?.replicas ?? 1,
      ],
    ]);

    expect(Object.fromEntries(shape)).toEqual(expected);
    for (const [, { environment, read_only: readOnly }] of services) {
      expect(environment).toMatchObject({ ORCA_BASEURL: 'http://echo:8089/sandbox/orca' });
      expect(readOnly).toBe(true);
    }
    expect(compose().services['echo']?.['environment']).toMatchObject({ SANDBOX_ALLOWREMOTE: 'true' });
  });

  it('starts the scheduler before the missed scheduler', () => {
    const { services } = compose();

    expect(services['memory-missed-scheduler']?.['depends_on']).toHaveProperty('memory-scheduler');
    expect(services['sql-missed-scheduler']?.['depends_on']).toHaveProperty('sql-echo');
  });
});
