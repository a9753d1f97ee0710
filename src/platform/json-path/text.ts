const ESCAPES: Readonly<Record<string, string>> = { r: '\r', f: '\f', t: '\t', n: '\n', b: '\b' };

/** Resolves backslash escapes; an unknown one stands for the character after the backslash. */
export function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, code: string | undefined, character = '') =>
    code === undefined ? (ESCAPES[character] ?? character) : String.fromCharCode(parseInt(code, 16)),
  );
}

/** The place of the next such character after `from` that no backslash precedes, or -1. */
export function indexOfUnescaped(text: string, character: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === character) return at;
  }
  return -1;
}

export interface Skipped {
  readonly quotes: boolean;
  readonly patterns: boolean;
}

/** The place of the bracket that closes the one at `open`, leaving out what is quoted or a pattern; -1 without one. */
export function indexOfClosing(text: string, open: number, skipped: Skipped): number {
  const opening = text[open];
  const closing = opening === '(' ? ')' : opening === '[' ? ']' : '}';
  let depth = 0;
  for (let at = open; at >= 0 && at < text.length; at++) {
    const character = text[at] ?? '';
    const skips =
      (skipped.quotes && (character === "'" || character === '"')) || (skipped.patterns && character === '/');
    if (skips) {
      at = indexOfUnescaped(text, character, at);
      if (at < 0) return -1;
    } else if (character === opening) depth++;
    else if (character === closing && --depth === 0) return at;
  }
  return -1;
}

/** The place of the first character from `from` on that is no blank; the length of the text when there is none. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at;
}

/** Whether a text in a list would be taken for a path or for JSON rather than for a text. */
export function looksLikeExpression(text: string): boolean {
  return /^\s*(?:[$@](?:\s*$|[.[].*[^.\s]\s*$)|\[.*\]\s*$|\{.*\}\s*$)/s.test(text);
}
