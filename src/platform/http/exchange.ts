import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { EchoError } from '../errors/index.js';
import { CallWithdrawn, faultOf } from './fault.js';
import type { HttpAnswer, HttpCall } from './http.js';

function joined(headers: IncomingHttpHeaders): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name] ?? '';
    texts[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return texts;
}

/**
 * One call on its way through the pool. Undici reports `onRequestStart` when it is about to write the request to a
 * connection that stands: what fails before was surely not processed, whatever the fault is called.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private headers: IncomingHttpHeaders = {};
  private readonly chunks: Buffer[] = [];
  private over = false;

  /** @param end called once, with the answer or with what went wrong */
  constructor(
    private readonly call: HttpCall,
    private readonly end: (result: HttpAnswer | EchoError) => void,
  ) {}

  /** Ends the call at once, wherever it is; one that still waits for a connection is not sent any more. */
  giveUp(reason: Error): void {
    this.fail(reason);
    this.controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.call.mayGoOut?.() === false) this.fail(new CallWithdrawn());
    if (this.over) controller.abort(new Error('given up before it was sent'));
    this.controller = controller;
  }

  /** Called for an interim answer (1xx) too; the final one comes last and stays. */
  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.finish({
      status: this.status,
      headers: joined(this.headers),
      body: Buffer.concat(this.chunks).toString('utf8'),
    });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  private fail(error: Error): void {
    this.finish(faultOf(this.call, error, this.controller ? 'ambiguous' : 'unsent'));
  }

  private finish(result: HttpAnswer | EchoError): void {
    if (this.over) return;
    this.over = true;
    this.end(result);
  }
}
