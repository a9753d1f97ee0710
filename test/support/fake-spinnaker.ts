import { HttpPeer, type PeerReply, type ReceivedRequest, json } from './http-peer.js';

type Override = (request: ReceivedRequest) => PeerReply | Promise<PeerReply> | undefined;

/** One service of Spinnaker that records what it is asked and can be made to misbehave. */
export class FakeService {
  private constructor(
    private readonly peer: HttpPeer,
    readonly requests: readonly ReceivedRequest[],
    private readonly waiting: Set<() => void>,
    private readonly behaviour: { override: Override },
  ) {}

  static async start(answer: (request: ReceivedRequest) => PeerReply | Promise<PeerReply>): Promise<FakeService> {
    const requests: ReceivedRequest[] = [];
    const waiting = new Set<() => void>();
    const behaviour: { override: Override } = { override: () => undefined };
    const peer = await HttpPeer.start((request) => {
      requests.push(request);
      for (const look of waiting) look();
      return behaviour.override(request) ?? answer(request);
    });
    return new FakeService(peer, requests, waiting, behaviour);
  }

  get url(): string {
    return this.peer.url;
  }

  /** Answers as `override` says, where it says something. */
  answering(override: Override): void {
    this.behaviour.override = override;
  }

  /** Answers as it did at first. */
  answeringAsUsual(): void {
    this.behaviour.override = () => undefined;
  }

  /** The bodies that came to a path, parsed. */
  posted(path: string): Record<string, unknown>[] {
    return this.requests
      .filter(({ method, url }) => method === 'POST' && url === path)
      .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  }

  /** Resolves as soon as so many requests have come; the test's own time limit ends a vain wait. */
  async until(count: number, which: (request: ReceivedRequest) => boolean = () => true): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (this.requests.filter(which).length < count) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  close(): Promise<void> {
    return this.peer.close();
  }
}

/** The services around Echo, on ports of their own. */
export interface FakeSpinnaker {
  readonly front50: FakeService;
  readonly orca: FakeService;
  readonly igor: FakeService;
  /** What front50 stores; change it to edit pipelines. */
  readonly pipelines: object[];
  close(): Promise<void>;
}

const notFound: PeerReply = json({ status: 404, message: 'not found' }, 404);

export async function startFakeSpinnaker(pipelines: readonly object[] = []): Promise<FakeSpinnaker> {
  const stored = [...pipelines];
  const front50 = await FakeService.start(({ url }) => {
    if (url.startsWith('/pipelines?')) return json(stored);
    const id = /^\/pipelines\/([^/]+)\/get$/.exec(url)?.[1];
    const found = stored.find((pipeline) => (pipeline as { id?: string }).id === id);
    return found ? json(found) : notFound;
  });
  const orca = await FakeService.start(({ method, url, body }) => {
    if (method === 'POST' && url === '/orchestrate') {
      const { executionId = 'exec' } = JSON.parse(body) as { executionId?: string };
      return json({ ref: `/pipelines/${executionId}` });
    }
    return method === 'POST' && url === '/fail' ? json({}) : notFound;
  });
  const igor = await FakeService.start(() => notFound);
  const all = [front50, orca, igor];
  return {
    front50,
    orca,
    igor,
    pipelines: stored,
    close: async () => void (await Promise.all(all.map((service) => service.close()))),
  };
}
