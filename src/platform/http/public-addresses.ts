import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, type LookupFunction, isIP } from 'node:net';

/** Where no provider of the world outside can be: this machine, private networks, and what is meant for protocols. */
const INTERNAL = (
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 ' +
  '198.18.0.0/15 224.0.0.0/4 240.0.0.0/4 ::/127 64:ff9b::/96 fc00::/7 fe80::/10 ff00::/8'
).split(' ');

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.trim().split('/');
    const family = familyOf(address);
    list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
  }
  return list;
}

/** Whether a text is an address or a network such as `10.0.0.0/8`. */
export function isNetwork(text: string): boolean {
  try {
    listOf([text]);
    return true;
  } catch {
    return false;
  }
}

/** A call to an address that users may not have Echo call. */
export class InternalAddressError extends Error {
  readonly code = 'INTERNAL_ADDRESS';
  constructor(host: string, address: string) {
    const where = host === address ? host : `${host} (${address})`;
    super(`${where} is an internal address: list its network in platform.http.allowedNetworks to allow it`);
  }
}

/** Tells the addresses that addresses of users may lead to from those that they may not (decisions.md 22). */
export class PublicAddresses {
  private readonly internal = listOf(INTERNAL);
  private readonly allowed: BlockList;

  /** @param allowed networks that count as public */
  constructor(allowed: readonly string[]) {
    this.allowed = listOf(allowed);
  }

  /** Throws for an address that is internal; a name is looked at when it has been looked up. */
  check(host: string, address = host): void {
    const bare = address.replace(/^\[|\]$/g, '');
    if (isIP(bare) === 0) return;
    const family = familyOf(bare);
    if (this.internal.check(bare, family) && !this.allowed.check(bare, family)) {
      throw new InternalAddressError(host, bare);
    }
  }

  /** The system's look-up, but a name that leads to an internal address, even among others, leads nowhere. */
  readonly lookup: LookupFunction = (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      const fault = error ?? this.faultOf(host, addresses);
      if (fault) return callback(fault, '', 4);
      if (options.all) return callback(null, addresses);
      const [first = { address: '', family: 4 }] = addresses;
      callback(null, first.address, first.family);
    });
  };

  private faultOf(host: string, addresses: readonly LookupAddress[]): Error | undefined {
    try {
      for (const { address } of addresses) this.check(host, address);
      return undefined;
    } catch (error) {
      return error as Error;
    }
  }
}
