import path from 'node:path';
import { parseEvent } from '../../events/index.js';
import type { Environment } from '../../config/index.js';
import { EchoError } from '../../platform/errors/index.js';
import { NOBODY } from '../../platform/request-context/index.js';
import type { DryRun } from '../../pipeline-triggers/index.js';
import { readGivenPipelines, titleOf } from '../../pipelines/index.js';
import { type Complaint, judge } from './judge.js';
import { quietDryRun } from './quiet-echo.js';
import { type TestFile, type TriggerTest, postedEvent, readTestFile } from './test-file.js';

/** Where tests are run. */
export interface Surroundings {
  readonly env: Environment;
  readonly cwd: string;
  readonly write: (text: string) => void;
}

const USAGE = `Usage: npm run trigger-test -- <file.yml> …

Holds the events of each file against its pipelines, and compares what would start with what is expected.
`;

const PASSED = 0;
const FAILED = 1;
const UNUSABLE = 2;

/** Runs files of trigger tests. Answers the exit code: 0 all passed, 1 some failed, 2 a file cannot be used. */
export async function runTriggerTests(files: readonly string[], { env, cwd, write }: Surroundings): Promise<number> {
  if (files.length === 0 || files.includes('--help')) {
    write(USAGE);
    return files.length === 0 ? UNUSABLE : PASSED;
  }
  try {
    const read = files.map((file) => ({ file, content: readTestFile(path.resolve(cwd, file)) }));
    const dryRun = await quietDryRun(env, cwd);
    const totals = { passed: 0, failed: 0 };
    for (const { file, content } of read) {
      write(`${file}\n`);
      for (const { name, complaints } of await runFile(content, dryRun)) {
        totals[complaints.length === 0 ? 'passed' : 'failed']++;
        write(render(name, complaints));
      }
    }
    write(`${totals.passed} passed, ${totals.failed} failed\n`);
    return totals.failed === 0 ? PASSED : FAILED;
  } catch (error) {
    if (!(error instanceof EchoError)) throw error;
    write(`${error.message}\n`);
    return UNUSABLE;
  }
}

interface Result {
  readonly name: string;
  readonly complaints: readonly Complaint[];
}

async function runFile({ pipelines: raws, tests }: TestFile, dryRun: DryRun): Promise<Result[]> {
  const { pipelines, skipped } = readGivenPipelines(raws);
  const results: Result[] = skipped.map(({ application, name, id, reason }) => ({
    name: `the pipeline ${titleOf({ application, name, ...(id !== null && { id }) })} can be read`,
    complaints: [[reason]],
  }));
  for (const test of tests) results.push({ name: test.name, complaints: await runTest(test, pipelines, dryRun) });
  return results;
}

async function runTest(
  test: TriggerTest,
  pipelines: Parameters<DryRun['of']>[1],
  dryRun: DryRun,
): Promise<readonly Complaint[]> {
  try {
    const event = parseEvent(postedEvent(test), 0);
    return judge(test, await dryRun.of({ event, identity: NOBODY, inboxId: test.name, receivedAt: 0 }, pipelines));
  } catch (error) {
    if (!(error instanceof EchoError)) throw error;
    return [[`the event cannot be used: ${error.message}`]];
  }
}

function render(name: string, complaints: readonly Complaint[]): string {
  const lines = complaints.flatMap((complaint) => complaint.map((line) => `      ${line}\n`));
  return `  ${complaints.length === 0 ? '✓' : '✗'} ${name}\n${lines.join('')}`;
}
