import { runTriggerTests } from '../trigger-test/run.js';
import { EchoError } from '../../platform/errors/index.js';
import type { Command, Finding } from './command.js';

const UNUSABLE = 2;

/** `echo trigger-test`: holds events against pipelines that are kept in files. */
export const triggerTest: Command = {
  name: 'trigger-test',
  usage: '<file.yml> …',
  summary: 'whether events start the pipelines that a file of tests says',
  alone: true,
  words: [1, Number.POSITIVE_INFINITY],
  async run({ words, surroundings: { env, cwd } }): Promise<Finding> {
    const lines: string[] = [];
    const code = await runTriggerTests(words, { env, cwd, write: (text) => void lines.push(text) });
    const text = lines.join('');
    if (code === UNUSABLE) throw new EchoError(text.trim(), { code: 'unusable-test' });
    return { data: { passed: code === 0, report: text }, text, code: code === 0 ? 0 : 1 };
  },
};
