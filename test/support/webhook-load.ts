import { setTimeout as pause } from 'node:timers/promises';

/** What became of one event that was sent. */
export interface Sent {
  readonly n: number;
  /** The status of the answer; none where the connection broke. */
  readonly status: number | undefined;
}

/** Sends webhooks, each with a number of its own, to whichever of several addresses is there, until it is stopped. */
export class WebhookLoad {
  readonly sent: Sent[] = [];
  private readonly senders: Promise<void>[];
  private stopping = false;
  private next = 0;

  /** @param urls asked before each webhook; where there is more than one address they take turns */
  constructor(
    private readonly urls: () => readonly string[],
    senders: number,
  ) {
    this.senders = Array.from({ length: senders }, () => this.keepSending());
  }

  /** The numbers of the events that were answered so. */
  answered(status: number | undefined): number[] {
    return this.sent.filter((one) => one.status === status).map(({ n }) => n);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.senders);
  }

  private async keepSending(): Promise<void> {
    while (!this.stopping) {
      const n = this.next++;
      const urls = this.urls();
      const status = await this.send(`${urls[n % urls.length]}/webhooks/webhook/hook`, n);
      this.sent.push({ n, status });
      if (status !== 200) await pause(20);
    }
  }

  private send(url: string, n: number): Promise<number | undefined> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ n }) };
    return fetch(url, init).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      },
      () => undefined,
    );
  }
}
