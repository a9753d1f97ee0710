import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { freePort } from './free-port.js';
import { ServerProcess, programNamed } from './server-process.js';
import { tlsFile } from './tls-fixtures.js';

/** The program itself: what is in PATH changes the user first. */
const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** The programs that RabbitMQ takes: itself, Erlang, and its register of nodes. */
export interface RabbitmqPrograms {
  readonly server: string;
  readonly erlang: string;
  readonly names: string;
}

/** Them, where this machine has them all. */
export function rabbitmqPrograms(): RabbitmqPrograms | undefined {
  const [server, erlang, names] = [
    programNamed('rabbitmq-server') && SERVER,
    programNamed('erl'),
    programNamed('epmd'),
  ];
  return server && erlang && names ? { server, erlang, names } : undefined;
}

const COOKIE = 'echo';

/** For each line with the name of a queue: how many messages it holds, delivered to somebody or not. */
const probe = (node: string): string => `
  Count = fun(Name) ->
    case rpc:call('${node}', rabbit_amqqueue, lookup, [{resource, <<"/">>, queue, Name}]) of
      {ok, Queue} -> [{messages, N}] = rpc:call('${node}', rabbit_amqqueue, info, [Queue, [messages]]), N;
      _ -> 0
    end
  end,
  Loop = fun Again() ->
    case io:get_line("") of
      eof -> halt();
      Line -> io:format("~p~n", [Count(list_to_binary(string:trim(Line)))]), Again()
    end
  end,
  Loop().`;

/** Asks a node itself, since the protocol does not tell how many messages are delivered and not acknowledged. */
class QueueProbe {
  private readonly child: ChildProcess;
  private readonly lines: Interface;

  constructor(erlang: string, node: string, namesPort: number) {
    const name = `probe-${namesPort}@localhost`;
    const flags = ['-noshell', '-sname', name, '-setcookie', COOKIE, '-eval', probe(node)];
    const env = { PATH: process.env['PATH'] ?? '', HOME: '/tmp', ERL_EPMD_PORT: String(namesPort) };
    this.child = spawn(erlang, flags, { env, stdio: ['pipe', 'pipe', 'ignore'] });
    if (!this.child.stdout) throw new Error('the probe has no output');
    this.lines = createInterface(this.child.stdout);
  }

  ask(queue: string): Promise<number> {
    return new Promise((resolve) => {
      this.lines.once('line', (line) => resolve(Number(line)));
      this.child.stdin?.write(`${queue}\n`);
    });
  }

  close(): void {
    this.child.kill('SIGKILL');
  }
}

const config = (port: number, tlsPort: number): string[] => [
  `listeners.tcp.1 = 127.0.0.1:${port}`,
  `listeners.ssl.1 = 127.0.0.1:${tlsPort}`,
  `ssl_options.cacertfile = ${tlsFile('ca.pem')}`,
  `ssl_options.certfile = ${tlsFile('server.pem')}`,
  `ssl_options.keyfile = ${tlsFile('server-key.pem')}`,
  'ssl_options.verify = verify_peer',
  'ssl_options.fail_if_no_peer_cert = true',
  '',
];

/** RabbitMQ in a folder of its own, with the ports of its own, and without plugins. */
export class RabbitmqServer {
  private constructor(
    private readonly processes: readonly ServerProcess[],
    private readonly probe: QueueProbe,
    readonly port: number,
    /** Here both sides show certificates. */
    readonly tlsPort: number,
  ) {}

  static async start(programs: RabbitmqPrograms): Promise<RabbitmqServer> {
    const [port, tlsPort] = [await freePort(), await freePort()];
    const [namesPort, distribution] = [await freePort(), await freePort()];
    const names = ServerProcess.start(programs.names, () => ['-port', String(namesPort), '-address', '127.0.0.1']);
    await names.listening(namesPort);
    const node = `echo-${port}@localhost`;
    const server = ServerProcess.start(
      programs.server,
      () => [],
      (folder) => {
        writeFileSync(path.join(folder, 'rabbitmq.conf'), config(port, tlsPort).join('\n'));
        return {
          ERL_EPMD_PORT: String(namesPort),
          RABBITMQ_NODENAME: node,
          RABBITMQ_ERLANG_COOKIE: COOKIE,
          RABBITMQ_DIST_PORT: String(distribution),
          RABBITMQ_MNESIA_BASE: path.join(folder, 'data'),
          RABBITMQ_LOG_BASE: path.join(folder, 'log'),
          RABBITMQ_CONFIG_FILE: path.join(folder, 'rabbitmq.conf'),
          RABBITMQ_ENABLED_PLUGINS_FILE: path.join(folder, 'plugins'),
          RABBITMQ_PID_FILE: path.join(folder, 'pid'),
          RABBITMQ_CONF_ENV_FILE: path.join(folder, 'none'),
          LANG: 'C.UTF-8',
        };
      },
    );
    await server.listening(port);
    return new RabbitmqServer([server, names], new QueueProbe(programs.erlang, node, namesPort), port, tlsPort);
  }

  /** How many messages a queue holds, delivered to somebody or not. */
  messages(queue: string): Promise<number> {
    return this.probe.ask(queue);
  }

  async close(): Promise<void> {
    this.probe.close();
    for (const process of this.processes) await process.close();
  }
}
