import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Result, repository, run } from './checkout.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'echo-totals-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs Vitest with the reporter of `npm test` over one test file. */
function testRun(text: string, env: Record<string, string> = {}): Promise<Result> {
  writeFileSync(path.join(folder, 'a.spec.js'), text);
  const vitest = path.join(repository, 'node_modules/vitest/vitest.mjs');
  const reporter = path.join(repository, 'scripts/test-totals.mjs');
  const args = ['run', '--globals', `--root=${folder}`, '--reporter=default', `--reporter=${reporter}`];
  return run([vitest, ...args], { env });
}

const lines = ({ out }: Result): string[] => out.split('\n');

describe('the totals of a test run', () => {
  it('are one plain line', async () => {
    const result = await testRun("it('a', () => {}); it('b', () => {}); it.skip('c', () => {}); it.todo('d');");

    expect(lines(result)).toContain('tests: 2 passed, 0 failed, 2 skipped');
    expect(result.code).toBe(0);
  });

  it('count a test that fails', async () => {
    const result = await testRun("it('a', () => {}); it('b', () => { throw new Error('no'); });");

    expect(lines(result)).toContain('tests: 1 passed, 1 failed, 0 skipped');
    expect(result.code).toBe(1);
  });

  it.each([
    ['a file that cannot be loaded', "throw new Error('no');", 'tests: 0 passed, 1 failed, 0 skipped'],
    [
      'a hook that fails',
      "describe('x', () => { beforeAll(() => { throw new Error('no'); }); it('a', () => {}); });",
      'tests: 0 passed, 1 failed, 1 skipped',
    ],
    [
      'an error outside of any test',
      "it('a', async () => { Promise.reject(new Error('no')); await new Promise((done) => setTimeout(done, 20)); });",
      'tests: 1 passed, 1 failed, 0 skipped',
    ],
  ])('count %s', async (_what, text, line) => {
    const result = await testRun(text);

    expect(lines(result)).toContain(line);
    expect(result.code).toBe(1);
  });

  it('fail a full run for a skipped test', async () => {
    const text = "it('a', () => {}); it.skip('c', () => {});";

    expect((await testRun(text, { FAIL_ON_SKIPPED: 'true' })).code).toBe(1);
    expect((await testRun("it('a', () => {});", { FAIL_ON_SKIPPED: 'true' })).code).toBe(0);
  });
});
