import type { Budget } from '../budget.js';
import { ExpressionFault } from '../expression-fault.js';

/** Base64 of the text's UTF-8 bytes. */
export function encodeBase64(text: string, budget: Budget): string {
  budget.admitText(text.length * 4);
  return Buffer.from(text, 'utf8').toString('base64');
}

/** The text whose UTF-8 bytes these are. Strict, as Java's basic decoder is: Node's takes anything. */
export function decodeBase64(encoded: string, budget: Budget): string {
  budget.admitText(encoded.length);
  const digits = encoded.replace(/={1,2}$/, '');
  const isPadded = digits.length < encoded.length;
  const fits = isPadded ? encoded.length % 4 === 0 : digits.length % 4 !== 1;
  if (!fits || !/^[A-Za-z0-9+/]*$/.test(digits)) throw new ExpressionFault('#fromBase64 takes only Base64');
  return Buffer.from(digits, 'base64').toString('utf8');
}
