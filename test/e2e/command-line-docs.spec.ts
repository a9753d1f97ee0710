import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runEcho } from '../../src/cli/commands/run.js';
import { COMMANDS } from '../../src/cli/commands/commands.js';
import { COMMAND_EXAMPLES } from '../../src/cli/docs-command-examples.js';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { freePort } from '../support/free-port.js';

const ROOT = path.join(import.meta.dirname, '../..');

/** Each command of the page with what it wrote. */
const examples = COMMAND_EXAMPLES.split('\n$ ')
  .slice(1)
  .map(
    (example) => [example.slice(0, example.indexOf('\n')), example.slice(example.indexOf('\n') + 1).trim()] as const,
  );

/** Ids, times, and how much has happened are others each time. */
const withoutLuck = (text: string): string =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/\w{3} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '<time>')
    .replaceAll(/GMT[+-]\d\d:\d\d/g, '<offset>')
    .replaceAll(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, '<id>')
    .replaceAll(/\b(Events|Both): \d+/g, '$1: <number>')
    .trim();

const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');

const tag = (eventId: string, version: string): object => ({
  details: { type: 'docker', source: 'igor' },
  eventId,
  content: { account: 'docker-hub', registry: 'docker.io', repository: 'library/shop', tag: version },
});

let folder: string;
let echo: RunningEcho;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'echo-pipelines-'));
  cpSync(path.join(ROOT, 'examples/pipelines'), folder, { recursive: true });
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const elsewhere = { ORCA_BASEURL: undefined, FRONT50_BASEURL: undefined };
  const sandbox = { NEST_PROFILE: 'standalone', SERVER_PORT: String(await freePort()), PIPELINES_FOLDER: folder };
  echo = await startEcho({ env: { ...sandbox, ...elsewhere, SANDBOX_STAGEMS: '1' } });
  vi.restoreAllMocks();
  await echo.post('/webhooks/webhook/hello', { who: 'you' });
  await echo.post('/', tag('tag-1', 'v1.4.0'));
  await echo.idle();
  await echo.post('/', tag('tag-2', 'latest'));
  await echo.idle();
});

afterAll(async () => {
  await echo.close();
  rmSync(folder, { recursive: true });
});

async function outputOf(line: string): Promise<string> {
  let output = '';
  const words = wordsOf(line.replace('http://127.0.0.1:8089', echo.url));
  const write = (text: string): void => void (output += text);
  await runEcho(words, { env: { ECHO_URL: echo.url }, cwd: ROOT, write, complain: write });
  return output;
}

describe('The page about the command line', () => {
  it('has an example of every command', () => {
    expect(new Set(examples.map(([line]) => line.split(' ')[0]))).toEqual(new Set(COMMANDS.map(({ name }) => name)));
  });

  it.each(examples)('shows what is written for: %s', async (line, output) => {
    expect(withoutLuck(await outputOf(line))).toBe(withoutLuck(output));
  });
});
