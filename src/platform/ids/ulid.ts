import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Crockford base 32 of a non-negative integer below 2^48, most significant digit first. */
function encodeTime(timeMs: number): string {
  let text = '';
  let rest = timeMs;
  for (let digit = 0; digit < 10; digit++) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Twenty bits as four digits. */
const encodeTwentyBits = (bits: number): string =>
  ALPHABET.charAt((bits >> 15) & 31) +
  ALPHABET.charAt((bits >> 10) & 31) +
  ALPHABET.charAt((bits >> 5) & 31) +
  ALPHABET.charAt(bits & 31);

/** Five bytes are exactly eight digits; taken in halves, since they do not fit into 32 bits. */
function encodeFiveBytes(bytes: Buffer, offset: number): string {
  const high = bytes.readUIntBE(offset, 3);
  const low = bytes.readUIntBE(offset + 2, 3);
  return encodeTwentyBits(high >> 4) + encodeTwentyBits(low & 0xfffff);
}

/**
 * The ULID (26 characters, sorts by time) of an instant and 80 bits that are the caller's to choose.
 *
 * @param timeMs milliseconds since the epoch, 0 to 2^48 − 1
 * @param entropy at least ten bytes; the first ten are used
 */
export function ulidOf(timeMs: number, entropy: Buffer): string {
  return encodeTime(timeMs) + encodeFiveBytes(entropy, 0) + encodeFiveBytes(entropy, 5);
}

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** The instant of a ULID, milliseconds since the epoch; `undefined` for other texts. */
export function ulidTime(text: string): number | undefined {
  if (!ULID.test(text)) return undefined;
  return [...text.slice(0, 10)].reduce((time, digit) => time * 32 + ALPHABET.indexOf(digit), 0);
}

/** A new ULID with random bits. */
export const newUlid = (timeMs: number): string => ulidOf(timeMs, randomBytes(10));

const COUNTER_BITS = 2 ** 40;

/**
 * Makes many ULIDs cheaply: eight of their sixteen random digits belong to this source, the other eight count up from a
 * random start, so that those of one millisecond sort in the order in which they were made.
 */
export class UlidSource {
  private readonly own = encodeFiveBytes(randomBytes(5), 0);
  private count = randomBytes(5).readUIntBE(0, 5);
  private time = -1;
  private encodedTime = '';

  next(timeMs: number): string {
    this.count = (this.count + 1) % COUNTER_BITS;
    if (timeMs !== this.time) {
      this.time = timeMs;
      this.encodedTime = encodeTime(timeMs);
    }
    const high = encodeTwentyBits(Math.floor(this.count / 0x100000));
    return this.encodedTime + this.own + high + encodeTwentyBits(this.count & 0xfffff);
  }
}
