import { outcomeOf, type CompiledPattern, type MatchOutcome } from './outcome.js';
import type { Node } from './syntax.js';

/** A pattern that stands for one text only. */
export class LiteralPattern implements CompiledPattern {
  readonly engine = 'literal';

  constructor(
    readonly source: string,
    private readonly literal: string,
  ) {}

  find(text: string): MatchOutcome {
    return outcomeOf(text.includes(this.literal));
  }

  matchesAll(text: string): MatchOutcome {
    return outcomeOf(text === this.literal);
  }
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

/**
 * The one text that a pattern stands for, or undefined if it matches others, too. Lone surrogates are left to the engines,
 * which do not find them in the middle of a pair.
 */
export function literalText(root: Node): string | undefined {
  let text = '';
  for (const item of root.kind === 'sequence' ? root.items : [root]) {
    const code = item.kind === 'set' ? item.chars.only : undefined;
    if (code === undefined || isSurrogate(code)) return undefined;
    text += String.fromCodePoint(code);
  }
  return text;
}
