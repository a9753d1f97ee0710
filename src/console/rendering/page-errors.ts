import { Catch, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { type ErrorBody, ErrorFilter, type WebReply } from '../../platform/web/index.js';
import { ConsoleRenderer } from './renderer.js';

/** Errors of pages are pages: people read them. */
@Catch()
@Injectable()
export class PageErrors extends ErrorFilter {
  constructor(
    private readonly renderer: ConsoleRenderer,
    clock: Clock,
  ) {
    super(clock);
  }

  protected override shown({ error, message }: ErrorBody, reply: WebReply): string {
    reply.header('content-type', 'text/html; charset=utf-8');
    return this.renderer.page('error', { title: error, message });
  }
}
