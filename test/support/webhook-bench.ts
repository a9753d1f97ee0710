import type { Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import type { EchoEvent } from '../../src/events/index.js';
import { type WebhookReading, WebhookReader } from '../../src/webhooks/webhook-reader.js';

const NOW = Date.UTC(2024, 0, 15, 12);

/** Reads webhooks with the given sources and extractors, and nothing around them. */
export class WebhookBench {
  private constructor(private readonly reader: WebhookReader) {}

  static async with(...providers: Type[]): Promise<WebhookBench> {
    const module = await Test.createTestingModule({
      imports: [DiscoveryModule],
      providers: [...providers, WebhookReader],
    }).compile();
    await module.init();
    return new WebhookBench(module.get(WebhookReader));
  }

  /** @param path `type/source` */
  read(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): WebhookReading {
    const [type = '', source = ''] = path.split('/');
    const requestHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.reader.read({ type, source, body: text, requestHeaders, at: NOW });
  }

  /** As `read`, where an event must come out. */
  event(path: string, body: unknown, headers?: Readonly<Record<string, string>>): EchoEvent {
    const reading = this.read(path, body, headers);
    if (reading.kind === 'event') return reading.event;
    throw new Error(`no event: ${reading.kind}: ${reading.reason}`);
  }

  /** What was added to the body. */
  added(path: string, body: object, headers?: Readonly<Record<string, string>>): object {
    const { content, payload } = this.event(path, body, headers);
    const known = (name: string, value: unknown): boolean => (payload as Record<string, unknown>)[name] === value;
    return Object.fromEntries(Object.entries(content ?? {}).filter(([name, value]) => !known(name, value)));
  }
}
