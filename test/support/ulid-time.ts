const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The instant in a ULID, in milliseconds since the epoch: its first ten digits. */
export const ulidTime = (ulid: string): number =>
  [...ulid.slice(0, 10)].reduce((time, digit) => time * 32 + DIGITS.indexOf(digit), 0);
