import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const repository = path.resolve(import.meta.dirname, '../..');

export interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Sent once the program has written something to standard output. */
  readonly signal?: NodeJS.Signals;
}

/** Runs a Node program to its end. */
export async function run(args: readonly string[], { env = {}, signal }: RunOptions = {}): Promise<Result> {
  const child = spawn(process.execPath, args, { stdio: 'pipe', env: { PATH: process.env['PATH'] ?? '', ...env } });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  if (signal) child.stdout.once('data', () => child.kill(signal));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

/** Notes its arguments, says and prints what a test wants npm to, and records the installation as npm does. */
const FAKE_NPM = `
const fs = require('node:fs');
fs.appendFileSync(process.env.NPM_CALLS, process.argv.slice(2).join(' ') + '\\n');
process.stderr.write(process.env.NPM_SAYS ?? '');
process.stdout.write(process.env.NPM_PRINTS ?? '');
if (process.env.NPM_FAILS) process.exit(1);
fs.mkdirSync('node_modules', { recursive: true });
fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
`;

/** Notes each build, and "compiles" by copying the main file. */
const FAKE_NEST = `
const fs = require('node:fs');
fs.appendFileSync('builds', 'x');
fs.rmSync('dist', { recursive: true, force: true });
fs.mkdirSync('dist');
fs.copyFileSync('src/main.ts', 'dist/main.js');
if (process.env.NEST_FAILS) process.exit(1);
`;

export const LOCK = {
  packages: {
    '': { name: 'echo' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/other-platform': { version: '1.0.0', integrity: 'sha512-o', optional: true },
  },
};

/** A checkout in a temporary folder: our scripts over small sources, with stand-ins for npm and the compiler. */
export class Checkout {
  readonly root = mkdtempSync(path.join(tmpdir(), 'echo-checkout-'));

  constructor() {
    cpSync(path.join(repository, 'scripts'), this.file('scripts'), { recursive: true });
    this.write('package.json', JSON.stringify({ type: 'module', engines: { node: '>=20.19.0' } }));
    this.write('package-lock.json', JSON.stringify(LOCK));
    this.write('src/main.ts', 'console.log("running");');
    for (const name of ['.npmrc', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json']) this.write(name, '{}');
    this.write('fake/npm-cli.js', FAKE_NPM);
    this.write('fake/package.json', '{"type":"commonjs"}');
    this.write('node_modules/@nestjs/cli/bin/nest.js', FAKE_NEST);
    this.write('node_modules/@nestjs/cli/package.json', '{"type":"commonjs"}');
  }

  file(name: string): string {
    return path.join(this.root, name);
  }

  write(name: string, text: string): void {
    mkdirSync(path.dirname(this.file(name)), { recursive: true });
    writeFileSync(this.file(name), text);
  }

  /** The text of a file, empty where there is none. */
  read(name: string): string {
    return existsSync(this.file(name)) ? readFileSync(this.file(name), 'utf8') : '';
  }

  /** Runs one of the scripts, e.g. `setup.mjs`. */
  run(script: string, args: readonly string[] = [], options: RunOptions = {}): Promise<Result> {
    const env = { npm_execpath: this.file('fake/npm-cli.js'), NPM_CALLS: this.file('npm-calls'), ...options.env };
    return run([this.file(`scripts/${script}`), ...args], { ...options, env });
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
