import { parseArgs } from 'node:util';
import { EchoError, messageOf } from '../../platform/errors/index.js';
import type { Command, Given, OtherEcho, Surroundings } from './command.js';
import { COMMANDS, LOCAL, SHARED_FLAGS, SHARED_OPTIONS } from './commands.js';
import { type Caller, EchoApi, openCaller } from './echo-api.js';

const UNUSABLE = 2;

type Options = Readonly<Record<string, string>>;

const lineOf = (left: string, right: string, width: number): string => `  ${left.padEnd(width)}  ${right}\n`;

const optionLines = (options: Options = {}, flags: Options = {}): string =>
  [
    ...Object.entries(flags).map(([name, meaning]) => lineOf(`--${name}`, meaning, 16)),
    ...Object.entries(options).map(([name, meaning]) => lineOf(`--${name} <text>`, meaning, 16)),
  ].join('');

const HELP = `Usage: echo <command> [options]

${COMMANDS.map(({ name, usage, summary }) => lineOf(`${name} ${usage}`, summary, 52)).join('')}
Options of all commands:
${optionLines(SHARED_OPTIONS, SHARED_FLAGS)}
Exit codes: 0 all is well, 1 it is not, 2 the command cannot be carried out.
`;

const helpOf = ({ name, usage, summary, options, flags }: Command): string => {
  const lines = optionLines(options, flags);
  return `Usage: echo ${name} ${usage}\n\n${summary}\n${lines && `\n${lines}`}`;
};

type Read = Pick<Given, 'words' | 'options' | 'flags'>;

/** Reads what follows a command's name. Throws where it is not what the command takes. */
function read(command: Command, args: readonly string[]): Read {
  const options = Object.keys({ ...SHARED_OPTIONS, ...command.options });
  const flags = ['help', ...Object.keys({ ...SHARED_FLAGS, ...command.flags })];
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
    surroundings.write(helpOf(command));
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
