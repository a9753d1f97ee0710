import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { CuttableProxy } from './cuttable-proxy.js';
import { freePort } from './free-port.js';
import { ServerProcess, programNamed } from './server-process.js';
import { tlsFile, tlsText } from './tls-fixtures.js';

const run = promisify(execFile);
const POM = path.join(import.meta.dirname, 'kafka/pom.xml');
const FETCH_WITHIN_MS = 240_000;

export interface KafkaPrograms {
  readonly java: string;
  readonly classpath: string;
}

/**
 * Kafka as this machine has it: below KAFKA_HOME, or fetched by Maven as test/support/kafka/pom.xml says. Nothing where
 * there is no Java or no way to get it.
 */
export async function kafkaPrograms(): Promise<KafkaPrograms | undefined> {
  const java = programNamed('java');
  if (!java) return undefined;
  const home = process.env['KAFKA_HOME'];
  if (home) return { java, classpath: path.join(home, 'libs', '*') };
  const maven = programNamed('mvn');
  const classpath = maven && ((await classpathBy(maven, ['-o'])) ?? (await classpathBy(maven, [])));
  return classpath ? { java, classpath } : undefined;
}

async function classpathBy(maven: string, flags: readonly string[]): Promise<string | undefined> {
  const folder = mkdtempSync(path.join(tmpdir(), 'echo-kafka-'));
  const file = path.join(folder, 'classpath');
  const goal = ['dependency:build-classpath', `-Dmdep.outputFile=${file}`];
  try {
    await run(maven, ['-q', '-B', ...flags, '-f', POM, ...goal], { timeout: FETCH_WITHIN_MS });
    return readFileSync(file, 'utf8').trim();
  } catch {
    // Without the packages, or a way to them, there is no Kafka to test against.
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const CLUSTER = 'ZWNoby10ZXN0cy1rYWZrYQ';
const HEAP = '-Xmx384m';

interface Ports {
  readonly direct: number;
  readonly proxied: number;
  readonly safe: number;
  readonly sasl: number;
  readonly controller: number;
}

/** One node that is broker and controller, with a listener for each way to connect. */
function properties(folder: string, ports: Ports, advertised: number): string {
  const { direct, proxied, safe, sasl, controller } = ports;
  const listeners = Object.entries({
    DIRECT: direct,
    PROXIED: proxied,
    SAFE: safe,
    SASL: sasl,
    CONTROLLER: controller,
  });
  const addresses = Object.entries({ DIRECT: direct, PROXIED: advertised, SASL: sasl });
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'DIRECT',
    listeners: listeners.map(([name, port]) => `${name}://127.0.0.1:${port}`).join(','),
    'advertised.listeners': [
      ...addresses.map(([name, port]) => `${name}://127.0.0.1:${port}`),
      `SAFE://localhost:${safe}`,
    ].join(','),
    'listener.security.protocol.map':
      'DIRECT:PLAINTEXT,PROXIED:PLAINTEXT,SAFE:SSL,SASL:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
    'listener.name.sasl.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.sasl.plain.sasl.jaas.config':
      'org.apache.kafka.common.security.plain.PlainLoginModule required user_echo="geheim";',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': path.join(folder, 'keys.pem'),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': tlsFile('ca.pem'),
    'ssl.client.auth': 'required',
    'log.dirs': path.join(folder, 'data'),
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'auto.create.topics.enable': 'false',
  })
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}

/** A real broker in a folder of its own. */
export class KafkaServer {
  private constructor(
    private readonly server: ServerProcess,
    readonly ports: Ports,
    /** In front of the listener whose connections a test can cut. */
    readonly proxy: CuttableProxy,
  ) {}

  static async start({ java, classpath }: KafkaPrograms): Promise<KafkaServer> {
    const [direct, proxied, safe] = [await freePort(), await freePort(), await freePort()];
    const [sasl, controller] = [await freePort(), await freePort()];
    const ports = { direct, proxied, safe, sasl, controller };
    const proxy = await CuttableProxy.start(proxied);
    const java17 = (main: string): string => `'${java}' ${HEAP} -cp '${classpath}' ${main}`;
    const server = ServerProcess.start('/bin/sh', (folder) => {
      writeFileSync(path.join(folder, 'keys.pem'), tlsText('server-key.pem') + tlsText('server.pem'));
      writeFileSync(path.join(folder, 'properties'), properties(folder, ports, proxy.port));
      const format = java17(`kafka.tools.StorageTool format -t ${CLUSTER} -c '${folder}/properties'`);
      return ['-c', `${format} && exec ${java17(`kafka.Kafka '${folder}/properties'`)}`];
    });
    await server.listening(direct);
    return new KafkaServer(server, ports, proxy);
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await this.server.close();
  }
}
