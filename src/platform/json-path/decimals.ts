import { ExactNumber, javaText } from '../json/index.js';

/** As long as a number of a document may be. */
const MAX_LENGTH = 5000;

/** Less than, equal to or greater than zero, as the first number is to the second; big integers exactly. */
export function compareNumbers(a: number | ExactNumber, b: number | ExactNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [x, y] = [integerOf(a), integerOf(b)];
  if (x === undefined || y === undefined) return Number(a) - Number(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

function integerOf(number: number | ExactNumber): bigint | undefined {
  if (number instanceof ExactNumber) return number.isInteger ? BigInt(number.token) : undefined;
  return Number.isInteger(number) ? BigInt(number) : undefined;
}

/** The number a text stands for, if it is one as a whole. */
export function parseDecimal(text: string): number | ExactNumber | undefined {
  if (text.length > MAX_LENGTH || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  return /^[+-]?\d{16,}$/.test(text) ? new ExactNumber(text.replace('+', '')) : Number(text);
}

/**
 * A number as Java's decimals print it, which is what texts and patterns in filters are compared with. It differs from
 * a double's text where there is an exponent: `1.0E10` is printed as `1.0E+10`, `1.0E-5` as `0.000010`.
 */
export function decimalText(number: number | ExactNumber): string {
  const token = number instanceof ExactNumber ? number.token : javaText(number);
  const [mantissa = '', exponent = '0'] = token.toUpperCase().split('E');
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d*)\.?(\d*)$/.exec(mantissa) ?? [];
  const digits = (whole + fraction).replace(/^0+(?=\d)/, '');
  const scale = fraction.length - Number(exponent);
  const magnitude = digits.length - 1 - scale;
  if (scale === 0) return sign.replace('+', '') + digits;
  return sign.replace('+', '') + (scale > 0 && magnitude >= -6 ? plain(digits, scale) : scientific(digits, magnitude));
}

function plain(digits: string, scale: number): string {
  const padded = digits.padStart(scale + 1, '0');
  return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

function scientific(digits: string, magnitude: number): string {
  const mantissa = digits.length === 1 ? digits : `${digits.slice(0, 1)}.${digits.slice(1)}`;
  if (magnitude === 0) return mantissa;
  return `${mantissa}E${magnitude > 0 ? '+' : ''}${magnitude}`;
}
