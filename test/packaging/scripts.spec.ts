import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Checkout, LOCK, repository } from './checkout.js';

let checkout: Checkout;

beforeEach(() => {
  checkout = new Checkout();
});

afterEach(() => {
  checkout.remove();
});

const withPackage = (place: string, locked: object): string =>
  JSON.stringify({ packages: { ...LOCK.packages, [place]: locked } });

describe('setup', () => {
  it('installs the locked packages into a fresh clone, says so in one line, and not a second time', async () => {
    const first = await checkout.run('setup.mjs');
    const second = await checkout.run('setup.mjs');

    expect(first).toMatchObject({ code: 0, err: 'Installing the packages of package-lock.json (npm ci) …\n' });
    expect(second).toEqual({ code: 0, out: '', err: '' });
    expect(checkout.read('npm-calls')).toBe('ci --include=dev\n');
  });

  it.each([
    ['was added', withPackage('node_modules/b', { version: '1.0.0', integrity: 'sha512-b' })],
    ['got another version', withPackage('node_modules/a', { version: '1.0.1', integrity: 'sha512-a' })],
    ['got another content', withPackage('node_modules/a', { version: '1.0.0', integrity: 'sha512-z' })],
  ])('installs again when a package of the lock file %s', async (_change, lock) => {
    await checkout.run('setup.mjs');
    checkout.write('package-lock.json', lock);

    await checkout.run('setup.mjs');

    expect(checkout.read('npm-calls').match(/ci/g)).toHaveLength(2);
  });

  it('does not miss what npm left out for other platforms', async () => {
    const installed = { packages: { 'node_modules/a': LOCK.packages['node_modules/a'] } };
    checkout.write('node_modules/.package-lock.json', JSON.stringify(installed));

    await checkout.run('setup.mjs');

    expect(checkout.read('npm-calls')).toBe('');
  });

  it('fails when the installation does', async () => {
    const { code, err } = await checkout.run('setup.mjs', [], { env: { NPM_FAILS: 'true' } });

    expect(code).toBe(1);
    expect(err).toContain('npm ci failed');
  });

  it.each(['>=99.0.0', '^18.0.0 || >=99.1.2'])(
    'refuses a Node.js outside of %s before anything else',
    async (range) => {
      checkout.write('package.json', JSON.stringify({ type: 'module', engines: { node: range } }));

      const { code, err } = await checkout.run('setup.mjs');

      expect(code).toBe(1);
      expect(err).toContain(`Echo needs Node.js ${range}; this is ${process.versions.node}`);
      expect(checkout.read('npm-calls')).toBe('');
    },
  );

  it.each(['>=20.0.0', `^${process.versions.node}`, '>=99.0.0 || >=18.99.99'])('accepts %s', async (range) => {
    checkout.write('package.json', JSON.stringify({ type: 'module', engines: { node: range } }));

    expect((await checkout.run('setup.mjs')).code).toBe(0);
  });
});

describe('build', () => {
  const builds = (): number => checkout.read('builds').length;

  it('always builds when asked to', async () => {
    await checkout.run('build.mjs');
    await checkout.run('build.mjs');

    expect(builds()).toBe(2);
  });

  it.each([
    ['a source changes', () => checkout.write('src/main.ts', '1;')],
    ['a source is added', () => checkout.write('src/room/templates/mail.hbs', 'x')],
    ['a compiler setting changes', () => checkout.write('tsconfig.json', '{ }')],
    ['the build is gone', () => rmSync(checkout.file('dist'), { recursive: true })],
  ])('builds, if needed, when %s, and then no more', async (_what, change) => {
    await checkout.run('build.mjs', ['--if-needed']);
    change();

    await checkout.run('build.mjs', ['--if-needed']);
    await checkout.run('build.mjs', ['--if-needed']);

    expect(builds()).toBe(2);
  });

  it('does not build for a spec', async () => {
    await checkout.run('build.mjs', ['--if-needed']);
    checkout.write('src/main.spec.ts', '1;');

    await checkout.run('build.mjs', ['--if-needed']);

    expect(builds()).toBe(1);
  });

  it('fails with the compiler, and tries again the next time', async () => {
    const failed = await checkout.run('build.mjs', ['--if-needed'], { env: { NEST_FAILS: 'true' } });
    const repaired = await checkout.run('build.mjs', ['--if-needed']);

    expect([failed.code, repaired.code]).toEqual([1, 0]);
    expect(builds()).toBe(2);
  });
});

describe('start', () => {
  it('installs, builds and runs a fresh clone', async () => {
    const { code, out } = await checkout.run('start.mjs');

    expect({ code, out }).toEqual({ code: 0, out: 'running\n' });
    expect(checkout.read('npm-calls')).not.toBe('');
    expect(checkout.read('builds')).toBe('x');
  });

  it('ends with the exit code of the service', async () => {
    checkout.write('src/main.ts', 'process.exit(3);');

    expect((await checkout.run('start.mjs')).code).toBe(3);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('hands %s to the service, once', async (signal) => {
    checkout.write(
      'src/main.ts',
      `let times = 0;
       process.on('${signal}', () => { times += 1; setTimeout(() => process.exit(40 + times), 50); });
       setInterval(() => {}, 1000);
       console.log('ready');`,
    );

    expect((await checkout.run('start.mjs', [], { signal })).code).toBe(41);
  });

  it('does not start what does not build', async () => {
    const { code, out } = await checkout.run('start.mjs', [], { env: { NEST_FAILS: 'true' } });

    expect({ code, out }).toEqual({ code: 1, out: '' });
  });

  it('opens the inspector on the loopback interface when DEBUG is true, and runs on', async () => {
    const { out, err } = await checkout.run('start.mjs', [], { env: { DEBUG: 'true' } });

    expect(err).toContain('127.0.0.1:8189');
    expect(out).toBe('running\n');
  });
});

describe('the installation check', () => {
  const USER_WARNING = 'npm warn Unknown user config "nodedir". This will stop working in the next major version.\n';

  it('passes over what npm says about its user', async () => {
    const { code } = await checkout.run('check-install.mjs', [], { env: { NPM_SAYS: USER_WARNING } });

    expect(code).toBe(0);
    expect(checkout.read('npm-calls')).toContain('ci ');
  });

  it.each([
    'npm warn EBADENGINE Unsupported engine {',
    'npm warn ERESOLVE overriding peer dependency',
    'npm warn deprecated glob@7.2.3: no longer supported',
    'npm warn install-scripts 1 package has install scripts not yet covered by allowScripts:',
    'npm warn Unknown project config "shrinkwrapp".',
  ])('fails on %s', async (warning) => {
    const { code, err } = await checkout.run('check-install.mjs', [], {
      env: { NPM_SAYS: `${USER_WARNING}${warning}\n` },
    });

    expect(code).toBe(1);
    expect(err).toContain(warning);
    expect(err).not.toContain('nodedir');
  });

  it('fails when npm does', async () => {
    const { code, err } = await checkout.run('check-install.mjs', [], { env: { NPM_FAILS: 'true' } });

    expect(code).toBe(1);
    expect(err).toContain('npm ci ended with 1');
  });

  it('fails on an install script that is not refused, whatever npm says', async () => {
    const lock = withPackage('node_modules/a/node_modules/@scope/tracker', {
      version: '1.0.0',
      hasInstallScript: true,
    });
    checkout.write('package-lock.json', lock);

    const undecided = await checkout.run('check-install.mjs');
    checkout.write('package.json', JSON.stringify({ type: 'module', allowScripts: { '@scope/tracker': false } }));
    const refused = await checkout.run('check-install.mjs');

    expect(undecided.code).toBe(1);
    expect(undecided.err).toContain('@scope/tracker has an install script');
    expect(refused.code).toBe(0);
  });
});

describe('the audit', () => {
  const audit = (printed: object) =>
    checkout.run('check-audit.mjs', [], { env: { NPM_PRINTS: JSON.stringify(printed), NPM_FAILS: 'true' } });

  it('fails on a package with a known vulnerability, and on those that need it', async () => {
    const flaw = { title: 'Reads files', url: 'https://github.com/advisories/GHSA-1' };
    const found = { name: 'a', range: '<1.2.0', severity: 'high', via: [flaw] };
    const { code, err } = await audit({
      vulnerabilities: { a: found, b: { name: 'b', range: '*', severity: 'high', via: ['a'] } },
    });

    expect(code).toBe(1);
    expect(err).toContain('a <1.2.0, high: Reads files https://github.com/advisories/GHSA-1\nb *, high: through a\n');
    expect(checkout.read('npm-calls')).toBe('audit --package-lock-only --json\n');
  });

  it('passes where none is known, and says where the registry knows of none at all', async () => {
    const clean = await audit({ vulnerabilities: {} });
    const unable = await audit({ message: '405 Method Not Allowed' });

    expect(clean).toMatchObject({ code: 0, out: 'No package has a known vulnerability.\n' });
    expect(unable).toMatchObject({ code: 0, out: 'The packages were not audited: 405 Method Not Allowed\n' });
  });
});

describe('package.json', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };

  it('starts and tests without pre-scripts, which a user may have switched off', () => {
    expect(Object.keys(scripts).filter((name) => /^(pre|post)/.test(name))).toEqual([]);
    expect(scripts['test']).toMatch(/^node scripts\/setup\.mjs && /);
  });

  it('leaves no shell between npm and the service, which would die of a SIGTERM without handing it on', () => {
    expect(scripts['start']).toBe('exec node scripts/start.mjs');
  });
});
