import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const eslint = new ESLint({ cwd: path.resolve(import.meta.dirname, '..') });

/** What our own configuration says of a text that stood in this file. */
async function messagesFor(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: file });
  return result?.messages.map(({ message }) => message) ?? [];
}

const ELSEWHERE = expect.stringContaining('outgoing HTTP goes through platform/http') as string;

describe('outgoing HTTP', () => {
  it.each([
    "import axios from 'axios';\nexport const x = axios;",
    "import { HttpService } from '@nestjs/axios';\nexport const x = HttpService;",
    "import { request } from 'undici';\nexport const x = request;",
    "import pool from 'undici/lib/dispatcher/pool.js';\nexport const x = pool;",
    "import { request } from 'node:http';\nexport const x = request;",
    "import { request } from 'https';\nexport const x = request;",
    "import { connect } from 'node:http2';\nexport const x = connect;",
    "import got from 'got';\nexport const x = got;",
    "export const x = (): Promise<Response> => fetch('http://x');",
    "export const x = (): Promise<Response> => globalThis.fetch('http://x');",
    "export const x = (): unknown => new WebSocket('ws://x');",
  ])('is forbidden outside of platform/http: %j', async (text) => {
    for (const file of ['src/scheduler/a.ts', 'src/config/a.ts', 'src/main.ts', 'src/platform/clock/a.ts']) {
      expect(await messagesFor(file, text), file).toEqual([ELSEWHERE]);
    }
  });

  it('has its libraries in platform/http', async () => {
    const text = "import { Agent } from 'undici';\nexport const x = Agent;";

    expect(await messagesFor('src/platform/http/a.ts', text)).toEqual([]);
  });

  it('has only one way in platform/http too', async () => {
    const text = "export const x = (): Promise<Response> => fetch('http://x');";

    expect(await messagesFor('src/platform/http/a.ts', text)).toEqual([ELSEWHERE]);
  });

  describe('by the client of a cloud', () => {
    const NAMED = expect.stringContaining('LibraryTransport') as string;
    const loaded = "export const x = (): Promise<unknown> => import('@aws-sdk/client-s3');";
    const imported = "import { GoogleAuth } from 'google-auth-library';\nexport const x = GoogleAuth;";

    it.each([loaded, imported])('is forbidden outside of the places that give it our transport: %j', async (text) => {
      for (const file of ['src/scheduler/a.ts', 'src/config/a.ts', 'src/pubsub/nats/a.ts', 'src/outbox/sql/a.ts']) {
        expect(await messagesFor(file, text), file).toContainEqual(NAMED);
      }
    });

    it('is at home in these', async () => {
      for (const file of ['src/pubsub/amazon/a.ts', 'src/config/secrets/a.ts']) {
        expect(await messagesFor(file, loaded), file).toEqual([]);
      }
      expect(await messagesFor('src/config/secrets/a.ts', imported)).toEqual([]);
    });
  });

  it('may be anything in a test', async () => {
    const text = "export const x = (): Promise<Response> => fetch('http://x');";

    expect(await messagesFor('src/scheduler/a.spec.ts', text)).toEqual([]);
    expect(await messagesFor('test/support/a.ts', text)).toEqual([]);
  });
});
