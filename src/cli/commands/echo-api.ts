import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Environment, openConfiguration } from '../../config/index.js';
import { Clock, SystemClock } from '../../platform/clock/index.js';
import { EchoError } from '../../platform/errors/index.js';
import { EchoHttpModule, type HttpCall, HttpTransport } from '../../platform/http/index.js';
import { type JsonValue, isJsonObject, parseJson } from '../../platform/json/index.js';
import { Settings } from '../../platform/settings/index.js';

export interface ApiAnswer {
  readonly status: number;
  /** Null where there is no body. */
  readonly body: JsonValue;
}

/** A running Echo, ours or the original, over HTTP. */
export class EchoApi {
  constructor(
    private readonly transport: HttpTransport,
    private readonly url: string,
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  get(path: string): Promise<ApiAnswer> {
    return this.ask({ method: 'GET', url: this.url + path });
  }

  post(path: string, body: unknown): Promise<ApiAnswer> {
    return this.ask({ method: 'POST', url: this.url + path, body: JSON.stringify(body) });
  }

  put(path: string, body: unknown): Promise<ApiAnswer> {
    return this.ask({ method: 'PUT', url: this.url + path, body: JSON.stringify(body) });
  }

  private async ask(call: HttpCall): Promise<ApiAnswer> {
    const json = call.body === undefined ? {} : { 'content-type': 'application/json' };
    const { status, body } = await this.transport.send({ ...call, headers: { ...this.headers, ...json } });
    return { status, body: bodyOf(call, body) };
  }
}

function bodyOf({ url }: HttpCall, text: string): JsonValue {
  try {
    return text.trim() === '' ? null : parseJson(text);
  } catch {
    throw new EchoError(`${url} does not answer as an Echo does.`, { code: 'no-echo' });
  }
}

/** What an Echo says at a path that its role does not have. */
const NOWHERE = 'No message available';

function saidIn({ status, body }: ApiAnswer): string {
  const said = isJsonObject(body) && typeof body['message'] === 'string' ? body['message'] : `answered ${status}`;
  if (said !== NOWHERE) return said;
  return 'The Echo that was asked does not have this in its role: cron triggers are with an echo-scheduler.';
}

/** The answer's body; throws what Echo says where it is not 2xx. */
export function good(answer: ApiAnswer): JsonValue {
  const { status, body } = answer;
  if (status >= 200 && status < 300) return body;
  throw new EchoError(saidIn(answer), { code: `http-${status}` });
}

export interface Caller {
  readonly transport: HttpTransport;
  close(): Promise<void>;
}

/** How this machine calls others: with the trust store and the proxies of its configuration, if it has one. */
export async function openCaller(env: Environment, cwd: string): Promise<Caller> {
  const { settings } = await openConfiguration({ env: { NEST_PROFILE: 'echo', ...env }, cwd });
  const context = await NestFactory.createApplicationContext(callerModule(settings), {
    logger: false,
    abortOnError: false,
  });
  return { transport: context.get(HttpTransport, { strict: false }), close: () => context.close() };
}

/** No more of the service than what its calls need. */
function callerModule(settings: Settings): DynamicModule {
  const given = [
    { provide: Settings, useValue: settings },
    { provide: Clock, useClass: SystemClock },
  ];
  return {
    module: CallerModule,
    global: true,
    imports: [EchoHttpModule],
    providers: given,
    exports: [Settings, Clock],
  };
}

@Module({})
class CallerModule {}
