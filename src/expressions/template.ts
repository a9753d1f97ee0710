import { ExpressionFault } from './expression-fault.js';

const OPEN = '${';

/** A piece of a template: text as it stands, or what is between `${` and `}`, trimmed. */
export type TemplatePart =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'expression'; readonly expression: string };

export function isTemplate(text: string): boolean {
  return text.includes(OPEN);
}

/** Cuts a template into its parts. @throws ExpressionFault for an expression that is empty or does not end */
export function splitTemplate(template: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf(OPEN, at);
    const textEnd = open < 0 ? template.length : open;
    if (textEnd > at) parts.push({ kind: 'text', text: template.slice(at, textEnd) });
    if (open < 0) break;
    const close = findClose(template, open + OPEN.length);
    const expression = template.slice(open + OPEN.length, close).trim();
    if (expression === '') throw new ExpressionFault('an expression is empty');
    parts.push({ kind: 'expression', expression });
    at = close + 1;
  }
  return parts;
}

const PAIRS: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/** The brace that ends an expression: not one of a list or map inside it, nor one in a quoted text. */
function findClose(template: string, start: number): number {
  const awaited: string[] = [];
  for (let at = start; at < template.length; at++) {
    const character = template.charAt(at);
    if (character === '}' && awaited.length === 0) return at;
    const close = PAIRS[character];
    if (close !== undefined) awaited.push(close);
    else if (character === '}' || character === ']' || character === ')') expectClose(awaited, character);
    else if (character === "'" || character === '"') at = skipQuoted(template, at, character);
  }
  throw new ExpressionFault('an expression has no end');
}

function expectClose(awaited: string[], found: string): void {
  if (awaited.pop() !== found) throw new ExpressionFault(`an expression has a '${found}' that nothing opens`);
}

/** A quote written twice inside a text counts as the end of one and the start of another. */
function skipQuoted(template: string, at: number, quote: string): number {
  const end = template.indexOf(quote, at + 1);
  if (end < 0) throw new ExpressionFault('an expression has an open quote');
  return end;
}
