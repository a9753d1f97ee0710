import { parseArgs } from 'node:util';
import { EchoError, messageOf } from '../../platform/errors/index.js';
import type { Command, Given, OtherEcho, Surroundings } from './command.js';
import { cron } from './cron.js';
import { type Caller, EchoApi, openCaller } from './echo-api.js';
import { explain } from './explain.js';
import { importing } from './import/import.js';
import { next } from './next.js';
import { shadowReport } from './shadow-report.js';
import { testNotification } from './test-notification.js';
import { triggerTest } from './trigger-test.js';
import { validate } from './validate.js';

const COMMANDS: readonly Command[] = [
  explain,
  next,
  cron,
  validate,
  triggerTest,
  testNotification,
  shadowReport,
  importing,
];

const LOCAL = 'http://127.0.0.1:8089';
const UNUSABLE = 2;

const helpOf = ({ name, usage, summary }: Command): string => `  ${`${name} ${usage}`.padEnd(44)}  ${summary}\n`;

const HELP = `Usage: echo <command> [options]

${COMMANDS.map(helpOf).join('')}
Options of all commands:
  --json          the answer as JSON
  --url <url>     the Echo to ask; else the variable ECHO_URL, else ${LOCAL}
  --token <text>  sent as a bearer token; else the variable ECHO_TOKEN

Exit codes: 0 all is well, 1 it is not, 2 the command cannot be carried out.
`;

type Read = Pick<Given, 'words' | 'options' | 'flags'>;

/** Reads what follows a command's name. Throws where it is not what the command takes. */
function read(command: Command, args: readonly string[]): Read {
  const options = ['url', 'token', ...(command.options ?? [])];
  const flags = ['json', 'help', ...(command.flags ?? [])];
  const parsed = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: Object.fromEntries([
      ...options.map((name) => [name, { type: 'string' }] as const),
      ...flags.map((name) => [name, { type: 'boolean' }] as const),
    ]),
  });
  const values = Object.entries(parsed.values);
  const set = new Set(values.flatMap(([name, value]) => (value === true ? [name] : [])));
  const [min, max] = command.words;
  const { length } = parsed.positionals;
  if (!set.has('help') && (length < min || length > max)) throw new Error('these are not the words it needs');
  const texts = values.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  return { words: parsed.positionals, options: Object.fromEntries(texts), flags: set };
}

/** Runs one command. Answers its exit code. */
export async function runEcho(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const [name = '', ...rest] = args;
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) {
    const isAsked = ['', '--help', 'help'].includes(name);
    if (!isAsked) surroundings.complain(`echo has no command '${name}'.\n\n`);
    (isAsked ? surroundings.write : surroundings.complain)(HELP);
    return name !== '' && isAsked ? 0 : UNUSABLE;
  }
  try {
    const given = read(command, rest);
    if (!given.flags.has('help')) return await carryOut(command, given, surroundings);
    surroundings.write(`Usage: echo ${command.name} ${command.usage}\n\n${command.summary}\n`);
    return 0;
  } catch (error) {
    const usage = error instanceof EchoError ? '' : `\nUsage: echo ${command.name} ${command.usage}`;
    surroundings.complain(
      `echo ${command.name}: ${error instanceof EchoError ? error.message : messageOf(error)}${usage}\n`,
    );
    return UNUSABLE;
  }
}

async function carryOut(
  command: Command,
  { words, options, flags }: Read,
  surroundings: Surroundings,
): Promise<number> {
  const { env, cwd, write } = surroundings;
  const callers: Caller[] = [];
  const ours: OtherEcho = {
    url: options['url'] ?? env['ECHO_URL'] ?? LOCAL,
    token: options['token'] ?? env['ECHO_TOKEN'],
  };
  const api = async ({ url, token } = ours): Promise<EchoApi> => {
    const caller = await openCaller(env, cwd);
    callers.push(caller);
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return new EchoApi(caller.transport, url.replace(/\/+$/, ''), headers);
  };
  try {
    const { text, data, code = 0 } = await command.run({ words, options, flags, surroundings, api });
    write(flags.has('json') ? `${JSON.stringify(data, null, 2)}\n` : text);
    return code;
  } finally {
    for (const caller of callers) await caller.close();
  }
}
