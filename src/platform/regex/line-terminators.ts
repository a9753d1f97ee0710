import { CharSet } from './char-set.js';
import { charsOf, type Node } from './syntax.js';

/** What Java takes for the end of a line. */
export const LINE_TERMINATORS = CharSet.spans('\n\n', '\r\r', '\x85\x85', '\u2028\u2029');

/** The only line terminator under flag `d`. */
export const NEWLINE = CharSet.spans('\n\n');

/** `\R`, which also knows the vertical tab and the form feed. */
export const LINE_BREAK: Node = {
  kind: 'choice',
  options: [
    { kind: 'sequence', items: [charsOf(CharSet.spans('\r\r')), charsOf(NEWLINE)] },
    charsOf(CharSet.spans('\n\r', '\x85\x85', '\u2028\u2029')),
  ],
};
