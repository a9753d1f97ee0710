import { InvalidRequestError } from '../../../platform/errors/index.js';

/** Single addresses out of entries in which several may stand, parted by spaces, commas or semicolons; some in `<…>`. */
export const addressesIn = (entries: readonly string[]): string[] =>
  entries
    .flatMap((entry) => entry.split(/[ ,;]+/))
    .filter((address) => address !== '')
    .map((address) => address.replace(/^<(.*)>$/, '$1'));

const CONTROL = /[\0- \x7F]/;
const SPECIALS = /[()<>,;:\\[\]]/;

function faultOfLocal(local: string): string | undefined {
  if (local.startsWith('.')) return 'Local address starts with dot';
  if (local.includes('..')) return 'Local address contains dot-dot';
  if (local.endsWith('.')) return 'Local address ends with dot';
  if (CONTROL.test(local)) return 'Local address contains control or whitespace';
  return SPECIALS.test(local) ? 'Local address contains illegal character' : undefined;
}

function faultOfDomain(domain: string): string | undefined {
  if (domain === '') return 'Missing domain';
  if (domain.startsWith('.')) return 'Domain starts with dot';
  if (domain.endsWith('.')) return 'Domain ends with dot';
  if (domain.includes('..')) return 'Domain contains dot-dot';
  if (CONTROL.test(domain)) return 'Domain contains control or whitespace';
  if (/^\[[^\]]*\]$/.test(domain)) return undefined;
  return /[^\p{L}\p{N}.-]/u.test(domain) ? 'Domain contains illegal character' : undefined;
}

/** What is wrong with an address, in the words of the original's mail library. A name without a domain is one, too. */
export function faultOfAddress(address: string): string | undefined {
  if (address === '') return 'Empty address';
  const at = address.startsWith('"') ? address.indexOf('"@') + 1 : address.indexOf('@');
  if (at === 0 && !address.startsWith('"')) return 'Missing local name';
  if (at <= 0) return address.startsWith('"') ? 'Unterminated quote' : faultOfLocal(address);
  const local = address.startsWith('"') ? undefined : faultOfLocal(address.slice(0, at));
  return local ?? faultOfDomain(address.slice(at + 1));
}

/** The addresses in some entries; throws a 400 for the first that is none. */
export function checkedAddresses(entries: readonly string[]): string[] {
  const addresses = addressesIn(entries);
  for (const address of addresses) {
    const fault = faultOfAddress(address);
    if (fault !== undefined) throw new InvalidRequestError(fault, 'invalid-address');
  }
  return addresses;
}
