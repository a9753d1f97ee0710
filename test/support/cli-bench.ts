import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runEcho } from '../../src/cli/commands/run.js';
import { HttpPeer, type PeerReply, type ReceivedRequest, json } from './http-peer.js';

/** Runs the command line in a folder of its own, against Echos that answer what a test says. */
export class CliBench {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'echo-cli-'));
  /** What the last command wrote and complained about. */
  out = '';
  err = '';
  private readonly peers: HttpPeer[] = [];

  /** @returns the exit code */
  run(args: readonly string[], env: Record<string, string> = {}): Promise<number> {
    [this.out, this.err] = ['', ''];
    return runEcho(args, {
      env,
      cwd: this.folder,
      write: (text) => void (this.out += text),
      complain: (text) => void (this.err += text),
    });
  }

  /** A running Echo that answers by method and path, and what it was sent. */
  async echoWith(answers: Record<string, unknown>): Promise<{ url: string; received: ReceivedRequest[] }> {
    const received: ReceivedRequest[] = [];
    const { url } = await this.peer((request) => {
      received.push(request);
      const answer = answers[`${request.method} ${request.url}`];
      return answer === undefined
        ? json({ message: 'nothing there' }, 404)
        : json(answer, request.method === 'POST' ? 201 : 200);
    });
    return { url, received };
  }

  /** A peer that ends with the test. */
  async peer(answer: (request: ReceivedRequest) => PeerReply): Promise<HttpPeer> {
    const peer = await HttpPeer.start(answer);
    this.peers.push(peer);
    return peer;
  }

  async close(): Promise<void> {
    for (const peer of this.peers) await peer.close();
    rmSync(this.folder, { recursive: true });
  }
}
