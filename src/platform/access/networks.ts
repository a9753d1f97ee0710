import { BlockList, isIP } from 'node:net';

type Family = 'ipv4' | 'ipv6';

interface Parts {
  readonly address: string;
  readonly family: Family;
  readonly prefix: number;
}

const BITS = { ipv4: 32, ipv6: 128 } as const;

const familyOf = (address: string): Family | undefined => (({ 4: 'ipv4', 6: 'ipv6' }) as const)[isIP(address) as 4 | 6];

/** An IPv4 address that came by an IPv6 socket, as itself. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

function partsOf(text: string): Parts | undefined {
  const [address = '', digits, ...rest] = text.trim().split('/');
  const family = familyOf(address);
  if (!family || rest.length > 0) return undefined;
  const prefix = digits === undefined ? BITS[family] : /^\d{1,3}$/.test(digits) ? Number(digits) : Infinity;
  return prefix <= BITS[family] ? { address, family, prefix } : undefined;
}

/** Whether a text is an address or a network in the notation of CIDR. */
export const isNetwork = (text: string): boolean => partsOf(text) !== undefined;

/** @param networks addresses and networks; what is none is passed over */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const parts = partsOf(network);
    if (parts) list.addSubnet(parts.address, parts.prefix, parts.family);
  }
  const own = plain(address);
  const family = familyOf(own);
  return family !== undefined && list.check(own, family);
}
