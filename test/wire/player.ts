import { setTimeout as sleep } from 'node:timers/promises';
import type { Observation } from './compare.js';
import { parsedOrText } from './json.js';
import type { Peers } from './peers/peers.js';
import type { Answer, Recording, Step } from './recording.js';

/** When a case counts as over. */
export interface Settling {
  /** Between two looks at the service's inbox and outbox. */
  readonly pollMs: number;
  /** How long nothing may have come where the service can't be asked. */
  readonly quietMs: number;
  /** After this a case that doesn't come to rest is a failure. */
  readonly limitMs: number;
}

export const SETTLING: Settling = { pollMs: 15, quietMs: 2_600, limitMs: 60_000 };

/** Plays cases to a service, one after the other: a request can't be told to belong to a case by its looks. */
export class Player {
  constructor(
    private readonly serviceUrl: string,
    private readonly peers: Peers,
    private readonly settling: Settling = SETTLING,
  ) {}

  /** Plays the steps in order and tells what the service answered and sent until it came to rest. */
  async play({ steps, faults }: Recording): Promise<Observation> {
    this.peers.open(faults);
    const answers: Answer[] = [];
    for (const step of steps) {
      answers.push(await this.take(step));
      if (step.wait !== undefined) await sleep(step.wait);
    }
    await this.settle();
    return { answers, sent: [...this.peers.sent] };
  }

  /** fetch is what the recorder used: the headers that it adds by itself are part of the recordings. */
  private async take({ path, method = 'POST', headers = {}, body, raw }: Step): Promise<Answer> {
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await fetch(`${this.serviceUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(text === undefined ? {} : { body: text }),
    });
    return { status: answer.status, body: parsedOrText(await answer.text()) };
  }

  /** Idle twice in a row with nothing sent in between, since an effect may just be on its way from one to the other. */
  private async settle(): Promise<void> {
    const { pollMs, quietMs, limitMs } = this.settling;
    let before = -1;
    for (let waited = 0; waited < limitMs; waited += pollMs) {
      const rest = await this.askForRest();
      if (rest === 'unknown') return this.quiet(quietMs);
      const now = this.peers.sent.length;
      if (rest === 'idle' && now === before) return;
      before = rest === 'idle' ? now : -1;
      await sleep(pollMs);
    }
    throw new Error(`the service was not idle ${limitMs} ms after the last step`);
  }

  private async askForRest(): Promise<'idle' | 'busy' | 'unknown'> {
    const answer = await fetch(`${this.serviceUrl}/admin/idle`);
    const text = await answer.text();
    if (answer.status !== 200) return 'unknown';
    return (JSON.parse(text) as { idle: boolean }).idle ? 'idle' : 'busy';
  }

  private async quiet(quietMs: number): Promise<void> {
    for (let before = -1; before !== this.peers.sent.length;) {
      before = this.peers.sent.length;
      await sleep(quietMs);
    }
  }
}
