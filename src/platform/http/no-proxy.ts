import { BlockList, isIP } from 'node:net';

interface HostRule {
  readonly name: string;
  /** Any where it is not given. */
  readonly port: string | undefined;
}

const LOOPBACK = ['localhost', '127.0.0.0/8', '::1'];

const ENTRY = /^(?:\*?\.)?(?<name>\[[^\]]+\]|[^:]+|.*:.*:.*?)(?::(?<port>\d+))?$/;
const NETWORK = /^(?<address>[^/]+)\/(?<bits>\d{1,3})$/;

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const bare = (host: string): string => host.replace(/^\[|\]$/g, '').toLowerCase();

/**
 * Which destinations are called without a proxy, as NO_PROXY says it and curl and Go read it: `*` is all; `x.example` is
 * that host and every one below it, with or without a dot or `*.` before it; an entry may end in a port; addresses may be
 * networks such as `10.0.0.0/8`. This machine is never called through a proxy.
 */
export class NoProxy {
  private readonly all: boolean;
  private readonly rules: readonly HostRule[];
  private readonly networks = new BlockList();

  constructor(list: readonly string[]) {
    const entries = [...LOOPBACK, ...list.flatMap((entry) => entry.split(/[\s,]+/))].filter((entry) => entry !== '');
    this.all = entries.includes('*');
    this.rules = entries.filter((entry) => !this.addNetwork(entry)).flatMap((entry) => this.ruleOf(entry));
  }

  /** Whether `url` is called directly. */
  covers({ hostname, port, protocol }: URL): boolean {
    const host = bare(hostname);
    const ownPort = port || (protocol === 'https:' ? '443' : '80');
    if (this.all || (isIP(host) !== 0 && this.networks.check(host, familyOf(host)))) return true;
    return this.rules.some(
      (rule) => (rule.port ?? ownPort) === ownPort && (host === rule.name || host.endsWith(`.${rule.name}`)),
    );
  }

  private addNetwork(entry: string): boolean {
    const { address = '', bits = '' } = NETWORK.exec(entry)?.groups ?? {};
    const family = familyOf(address);
    if (isIP(address) === 0 || Number(bits) > (family === 'ipv4' ? 32 : 128)) return false;
    this.networks.addSubnet(address, Number(bits), family);
    return true;
  }

  private ruleOf(entry: string): HostRule[] {
    const { name, port } = ENTRY.exec(entry)?.groups ?? {};
    return name === undefined ? [] : [{ name: bare(name), port }];
  }
}
