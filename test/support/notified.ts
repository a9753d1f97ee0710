import { type RunningEcho, startEcho } from './echo.js';
import { Provider } from './provider.js';
import { tlsFile } from './tls-fixtures.js';

/** Echo with channels that all speak to one provider. */
export class Notified {
  private constructor(
    readonly provider: Provider,
    readonly echo: RunningEcho,
  ) {}

  /** @param settings by environment variable, of the channels, once the address of the provider is known
   *  @param tls whether the provider speaks HTTPS */
  static async start(
    settings: (providerUrl: string) => Record<string, string>,
    tls = false,
    pipelines: readonly object[] = [],
  ): Promise<Notified> {
    const provider = await Provider.start(tls);
    const env = {
      SPINNAKER_BASEURL: 'http://deck',
      PLATFORM_HTTP_ALLOWEDNETWORKS: '127.0.0.0/8',
      ...(tls && { OKHTTPCLIENT_TRUSTSTORE: tlsFile('ca.pem'), OKHTTPCLIENT_TRUSTSTORETYPE: 'PEM' }),
    };
    return new Notified(provider, await startEcho({ pipelines, env: { ...env, ...settings(provider.url) } }));
  }

  /** Has orca report a transition of an execution of `what ever` that carries one notification, meant for it. */
  async report(type: string, notification: object, execution: object = {}): Promise<void> {
    await this.tell(type, notification, execution);
    await this.echo.idle();
  }

  /** The same without waiting for what comes of it. */
  async tell(type: string, notification: object, execution: object = {}): Promise<void> {
    const carried = { when: [type.replace(/^orca:(\w+):(\w+)$/, '$1.$2')], ...notification };
    const isStage = type.includes(':stage:');
    await this.echo.post('/', {
      details: { source: 'orca', type, application: 'what ever' },
      content: {
        execution: { id: 'X', name: 'Deploy', ...(!isStage && { notifications: [carried] }), ...execution },
        ...(isStage && { context: { sendNotifications: true, notifications: [carried] }, name: 'bake' }),
      },
    });
  }

  /** Asks for a direct notification; tells status and body of the answer. */
  async ask(body: object): Promise<[number, unknown]> {
    const answer = await this.echo.post('/notifications', body);
    const text = await answer.text();
    return [answer.status, text === '' ? '' : (JSON.parse(text) as unknown)];
  }

  async close(): Promise<void> {
    await this.echo.close();
    await this.provider.close();
  }
}

/** The page of the execution that `report` reports. */
export const LINK = 'http://deck/#/applications/what ever/executions/details/X';
