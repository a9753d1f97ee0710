/** Raw blocks and comments, which stay as they are, and then tags. */
const PARTS = /\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}|\{#[\s\S]*?#\}|\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;
const TEXT = `"(?:\\\\.|[^"\\\\])*"|'(?:\\\\.|[^'\\\\])*'`;
/** What stands in brackets, with brackets inside it, and no deeper. */
const ROUND = `\\((?:${TEXT}|[^()"']|\\((?:${TEXT}|[^()"'])*\\))*\\)`;
const GROUP = `${ROUND}|\\[(?:${TEXT}|[^\\]"'])*\\]`;
/** A text or an operator; after `!` also its operand: a name with all that hangs on it, or something in brackets. */
const TOKENS = new RegExp(`${TEXT}|!(?!=)\\s*((?:\\w+|${GROUP})(?:\\.\\w+|${GROUP})*)?|&&|\\|\\||\\?`, 'g');
const WORDS: Readonly<Record<string, string>> = { '&&': ' and ', '||': ' or ', '?': ' ? ' };

/** The operators that Jinjava knows and Jinja does not, in Jinja's words. */
export function fromJinjava(text: string): string {
  return text.replace(PARTS, (part) => (/^\{(?:#|%-?\s*raw\b)/.test(part) ? part : inWords(part)));
}

/** Jinja's `not` takes in all that follows, Jinjava's `!` only its operand. */
function inWords(part: string): string {
  return part.replace(TOKENS, (token, operand?: string) => {
    if (!token.startsWith('!')) return WORDS[token] ?? token;
    return operand === undefined ? ' not ' : `(not ${inWords(operand)})`;
  });
}
