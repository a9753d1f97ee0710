import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { PROFILES } from '../../src/config/index.js';

const ROOT = path.join(import.meta.dirname, '../..');
const CHART = path.join(ROOT, 'deploy/helm/echo');
const RENDERED = path.join(ROOT, 'deploy/helm/rendered');
const HELM = process.env['HELM'] ?? 'helm';
const ROLES = PROFILES.filter((profile) => profile !== 'standalone');
const hasHelm = spawnSync(HELM, ['version']).status === 0;

interface Container {
  readonly name: string;
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly securityContext: Record<string, unknown>;
  readonly volumeMounts?: readonly { readonly mountPath: string }[];
  readonly [probe: string]: unknown;
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly replicas: number;
    readonly strategy: { readonly type: string };
    readonly policyTypes?: readonly string[];
    readonly endpoints?: readonly { readonly path: string }[];
    readonly maxUnavailable?: number;
    readonly template: {
      readonly spec: {
        readonly containers: readonly [Container];
        readonly initContainers?: readonly Container[];
        readonly securityContext: Record<string, unknown>;
      };
    };
  };
}

const manifestsOf = (text: string): Manifest[] =>
  parseAllDocuments(text).flatMap((document) => (document.toJS() as Manifest | null) ?? []);

const committed = (name: string): string => readFileSync(path.join(RENDERED, `${name}.yaml`), 'utf8');

const deployment = (name: string, role: string): Manifest['spec'] => {
  const found = manifestsOf(committed(name)).find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === `spin-${role}`,
  );
  if (!found) throw new Error(`There is no deployment of ${role}.`);
  return found.spec;
};

const variable = ({ env }: Container, name: string): unknown => env?.find((one) => one.name === name)?.value;

/** The chart's files and the values, as `npm run chart` hashes them. */
function digestOf(name: string): string {
  const files = readdirSync(CHART, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((file) => path.join(CHART, file))
    .filter((file) => statSync(file).isFile());
  const hash = createHash('sha256');
  for (const file of [...files, path.join(RENDERED, `${name}.values.yaml`)]) {
    hash.update(`${path.basename(file)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

describe.each(['memory', 'sql'])('the chart, rendered in the %s topology', (name) => {
  it('was rendered from the chart as it is now', () => {
    expect(committed(name).split('\n', 1)[0]).toBe(`# Rendered by \`npm run chart\` from ${digestOf(name)}`);
  });

  it.each(ROLES)('runs %s by its profile, probed, without root and without writing to its image', (role) => {
    const { spec } = deployment(name, role).template;
    const [container] = spec.containers;

    expect(variable(container, 'NEST_PROFILE')).toBe(role);
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10111 });
    expect([...(spec.initContainers ?? []), container].map(({ securityContext }) => securityContext)).toSatisfy(
      (contexts: readonly Record<string, unknown>[]) =>
        contexts.every((one) => one['readOnlyRootFilesystem'] === true && one['allowPrivilegeEscalation'] === false),
    );
    expect(['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => container[probe])).toMatchObject([
      { httpGet: { path: '/health/liveness', port: 'http' } },
      { httpGet: { path: '/health', port: 'http' } },
      { httpGet: { path: '/health/liveness', port: 'http' } },
    ]);
  });

  it('lets the missed scheduler wait for the scheduler', () => {
    const [first] = deployment(name, 'echo-missed-scheduler').template.spec.initContainers ?? [];

    expect(JSON.stringify(first)).toContain('http://spin-echo-scheduler:8089/health');
  });
});

describe('the chart', () => {
  it('has one scheduler at a time in memory, and rolls any number of them on SQL', () => {
    const shape = (name: string): unknown[] =>
      ROLES.map((role) => deployment(name, role)).map(({ replicas, strategy }) => [replicas, strategy.type]);

    expect(shape('memory')).toEqual([
      [3, 'RollingUpdate'],
      [1, 'Recreate'],
      [1, 'Recreate'],
    ]);
    expect(shape('sql')).toEqual([
      [3, 'RollingUpdate'],
      [3, 'RollingUpdate'],
      [2, 'RollingUpdate'],
    ]);
  });

  it('takes the database and its password from where the values say', () => {
    const [container] = deployment('sql', 'echo').template.spec.containers;

    expect(variable(container, 'SQL_ENABLED')).toBe('true');
    expect(container.env).toContainEqual({
      name: 'SQL_CONNECTIONPOOL_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'echo-database', key: 'password' } },
    });
    expect(variable(container, 'ECHO_CONFIG_PATH')).toBe('/opt/spinnaker/config,/opt/spinnaker/secret-config');
    expect(container.volumeMounts?.map(({ mountPath }) => mountPath)).toContain('/var/secrets');
  });

  it('guards what has several replicas, lets Prometheus in and others out', () => {
    const ofKind = (name: string, kind: string): Manifest[] =>
      manifestsOf(committed(name)).filter((manifest) => manifest.kind === kind);

    expect(ofKind('memory', 'PodDisruptionBudget').map(({ metadata }) => metadata.name)).toEqual(['spin-echo']);
    expect(ofKind('sql', 'PodDisruptionBudget')).toHaveLength(3);
    expect(ofKind('sql', 'ServiceMonitor')[0]?.spec.endpoints?.[0]?.path).toBe('/metrics');
    expect(ofKind('memory', 'NetworkPolicy')[0]?.spec.policyTypes).toEqual(['Ingress']);
  });

  it('has the version of the service', () => {
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };

    expect(parse(readFileSync(path.join(CHART, 'Chart.yaml'), 'utf8'))).toMatchObject({ appVersion: version });
  });
});

describe.runIf(hasHelm)('the chart under Helm', () => {
  const helm = (...args: string[]): string =>
    execFileSync(HELM, ['template', 'spin', CHART, '--kube-version', '1.31.0', ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    });

  it.each(['memory', 'sql'])('renders %s as it is committed', (name) => {
    const text = helm('--values', path.join(RENDERED, `${name}.values.yaml`));

    expect(committed(name)).toBe(`${committed(name).split('\n', 1)[0]}\n${text}`);
  });

  it.each([
    ['two schedulers without a database', 'roles.echo-scheduler.replicas=2', 'without sql.enabled every replica'],
    ['two missed schedulers without a database', 'roles.echo-missed-scheduler.replicas=2', 'without sql.enabled'],
    ['a database without an address', 'sql.enabled=true', 'sql.enabled needs sql.jdbcUrl'],
    ['MySQL', 'sql.jdbcUrl=jdbc:mysql://x/y', 'sql/jdbcUrl|sql.jdbcUrl'],
    ['a misspelt value', 'roles.echo.replica=2', 'replica'],
  ])('refuses %s', (_what, value, message) => {
    expect(() => helm('--set', value)).toThrow(new RegExp(message));
  });
});
