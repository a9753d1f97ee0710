import { harmlessLength, isAnchored } from './effort.js';
import { nativeForm } from './native-form.js';
import { walk, type Node } from './syntax.js';
import type { UnicodeTables } from './unicode-tables.js';

const NON_ASCII = /[\u0080-\uffff]/;

/** What to search, and how: anywhere in the text (`find`) or from its first to its last character (`matchesAll`). */
export interface NativeSearchOptions {
  readonly mode: 'find' | 'matchesAll';
  /** The steps that a text up to `harmlessLength` can never exceed. */
  readonly maxSteps: number;
}

/** Runs a pattern on JavaScript's own engine, which is fast on most texts and endless on some. */
export class NativeSearch {
  /** Texts up to this length can safely be tested without a time limit. */
  readonly harmlessLength: number;
  private readonly hasBoundaries: boolean;
  private forAscii: RegExp | undefined;
  private forAll: RegExp | undefined;

  constructor(
    private readonly root: Node,
    private readonly tables: UnicodeTables,
    private readonly options: NativeSearchOptions,
  ) {
    const startsAtOnce = options.mode === 'matchesAll' || isAnchored(root);
    this.harmlessLength = harmlessLength(root, startsAtOnce, options.maxSteps);
    this.hasBoundaries = walk(root).some((node) => node.kind === 'assertion' && node.name.endsWith('word-boundary'));
  }

  test(text: string): boolean {
    return this.regExpFor(text).test(text);
  }

  private regExpFor(text: string): RegExp {
    if (!this.hasBoundaries || NON_ASCII.test(text)) return (this.forAll ??= this.build('all'));
    return (this.forAscii ??= this.build('ascii'));
  }

  private build(texts: 'ascii' | 'all'): RegExp {
    const { source, flags } = nativeForm(this.root, this.tables, texts);
    return new RegExp(this.options.mode === 'find' ? source : `^(?:${source})$`, flags);
  }
}
