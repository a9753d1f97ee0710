import { equals } from '../values/compare.js';
import { differenceOf, indexOf, joinTexts, lastIndexOf, repeat, replaceLiteral, slice, trim } from '../values/text.js';
import { matchesAll } from './matching.js';
import { type Methods, methods, takes } from './method.js';
import { regexReplace, regexSplit } from './regex-text.js';

/** What can be asked of a text: Java's names and rules. Places are counted in UTF-16 units, from 0. */
export const TEXT_METHODS: Methods<string> = methods<string>({
  toString: takes(0, (self: string) => self),
  length: takes(0, (self) => self.length),
  isEmpty: takes(0, (self) => self === ''),
  toUpperCase: takes(0, (self) => self.toUpperCase()),
  toLowerCase: takes(0, (self) => self.toLowerCase()),
  trim: takes(0, (self) => trim(self)),
  substring: takes(1, 2, (self, args) => slice(self, args.integer(0), args.integer(1, self.length))),
  charAt: takes(1, (self, args) => slice(self, args.integer(0), args.integer(0) + 1)),
  concat: takes(1, (self, args, run) => joinTexts([self, args.text(0)], '', run.budget)),
  repeat: takes(1, (self, args, run) => repeat(self, args.integer(0), run.budget)),
  contains: takes(1, (self, args, run) => indexOf(self, args.text(0), 0, run.budget) >= 0),
  indexOf: takes(1, 2, (self, args, run) => indexOf(self, args.text(0), args.integer(1, 0), run.budget)),
  lastIndexOf: takes(1, (self, args, run) => lastIndexOf(self, args.text(0), run.budget)),
  startsWith: takes(1, 2, (self, args) => startsAt(self, args.text(0), args.integer(1, 0))),
  endsWith: takes(1, (self, args) => self.endsWith(args.text(0))),
  equals: takes(1, (self, args, run) => equals(self, args.value(0), run.budget)),
  equalsIgnoreCase: takes(1, (self, args) => {
    return args.value(0) !== null && self.toLowerCase() === args.text(0).toLowerCase();
  }),
  compareTo: takes(1, (self, args, run) => differenceOf(self, args.text(0), run.budget)),
  matches: takes(1, (self, args, run) => matchesAll(args.text(0), self, run)),
  replace: takes(2, (self, args, run) => replaceLiteral(self, args.text(0), args.text(1), run.budget)),
  replaceAll: takes(2, (self, args, run) => regexReplace(self, args.text(0), args.text(1), 'all', run.budget)),
  replaceFirst: takes(2, (self, args, run) => regexReplace(self, args.text(0), args.text(1), 'first', run.budget)),
  split: takes(1, 2, (self, args, run) => regexSplit(self, args.text(0), args.integer(1, 0), run.budget)),
});

/** JavaScript would move a place outside the text to its ends. */
function startsAt(text: string, part: string, at: number): boolean {
  return at >= 0 && at <= text.length && text.startsWith(part, at);
}
