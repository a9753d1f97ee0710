/** Raw blocks and comments, which stay as they are, and then tags. */
const PARTS = /\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}|\{#[\s\S]*?#\}|\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;
const TOKENS = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|!(?!=)|&&|\|\|/g;
const WORDS: Readonly<Record<string, string>> = { '!': 'not ', '&&': ' and ', '||': ' or ' };

/** The operators that Jinjava knows and Jinja does not, in Jinja's words. */
export function fromJinjava(text: string): string {
  return text.replace(PARTS, (part) =>
    /^\{(?:#|%-?\s*raw\b)/.test(part) ? part : part.replace(TOKENS, (token) => WORDS[token] ?? token),
  );
}
