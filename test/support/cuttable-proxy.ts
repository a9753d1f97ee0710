import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

/** Passes TCP connections on to another port on 127.0.0.1, until a test cuts them. */
export class CuttableProxy {
  private readonly sockets = new Set<Socket>();
  private isAway = false;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(target: number): Promise<CuttableProxy> {
    const server = createServer((socket) => {
      if (proxy.isAway) socket.destroy();
      else proxy.join(socket, connect(target, '127.0.0.1'));
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    const proxy = new CuttableProxy(server, (server.address() as AddressInfo).port);
    return proxy;
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Cuts everything and lets nobody in until `back`. */
  away(): void {
    this.isAway = true;
    this.cut();
  }

  back(): void {
    this.isAway = false;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.cut();
    await closed;
  }

  private join(near: Socket, far: Socket): void {
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  }
}
