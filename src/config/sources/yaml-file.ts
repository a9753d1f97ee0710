import {
  type Document,
  LineCounter,
  type Pair,
  type Scalar,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
} from 'yaml';
import type { YAMLMap } from 'yaml';
import { type Entry, type Leaf, type Origin, entryOf, whereOf } from '../entry.js';
import type { Fault } from '../fault.js';
import { type Names, segmentsOf } from '../key.js';

/** A file with what is in it. */
export interface SourceFile {
  /** As shown to people. */
  readonly name: string;
  readonly text: string;
  readonly kind: 'file' | 'profile';
}

/** The documents of one file, in order, each as its entries; a file with a syntax error has faults and no documents. */
export interface ParsedFile {
  readonly documents: readonly (readonly Entry[])[];
  readonly faults: readonly Fault[];
}

/** Deeper nesting is a circle of anchors, not a configuration. */
const DEEPEST = 50;

/** What a plain scalar says when it says nothing; quoted, the same letters are a text. */
const NOTHING = /^(?:~|null|)$/i;

const leafOf = (scalar: Scalar): Leaf =>
  scalar.type === 'PLAIN' && NOTHING.test(String(scalar.value)) ? null : String(scalar.value);

const textOf = (key: unknown): string => (isScalar(key) ? String(key.value) : String(key));

class DocumentReader {
  constructor(
    private readonly document: Document,
    private readonly originAt: (offset: number) => Origin,
  ) {}

  /** The entries below `node`; `offset` is where its key is written. */
  read(node: unknown, names: Names, offset: number): Entry[] {
    if (names.length > DEEPEST) return [];
    if (isAlias(node)) return this.read(node.resolve(this.document), names, offset);
    if (isMap(node)) return this.pairsOf(node).flatMap((pair) => this.readPair(pair, names, offset));
    if (isSeq(node)) return this.readList(node.items, names, offset);
    return [entryOf(names, isScalar(node) ? leafOf(node) : null, this.originAt(offset))];
  }

  private readPair({ key, value }: Pair, names: Names, offset: number): Entry[] {
    const at = isScalar(key) && key.range ? key.range[0] : offset;
    return this.read(value, [...names, ...segmentsOf(textOf(key))], at);
  }

  private readList(items: readonly unknown[], names: Names, offset: number): Entry[] {
    if (items.length === 0) return [entryOf(names, [], this.originAt(offset))];
    return items.flatMap((item, place) => {
      const range = (item as { range?: [number, number, number] } | null)?.range;
      return this.read(item, [...names, `[${place}]`], range?.[0] ?? offset);
    });
  }

  /** The pairs of a map with those that `<<` brings in, which hold only where the map itself says nothing. */
  private pairsOf(map: YAMLMap): Pair[] {
    const own = map.items.filter(({ key }) => textOf(key) !== '<<');
    const taken = new Set(own.map(({ key }) => textOf(key)));
    const inherited = map.items
      .filter(({ key }) => textOf(key) === '<<')
      .flatMap(({ value }) => this.mergedPairs(value))
      .filter(({ key }) => !taken.has(textOf(key)));
    return [...inherited, ...own];
  }

  private mergedPairs(node: unknown): Pair[] {
    if (isAlias(node)) return this.mergedPairs(node.resolve(this.document));
    if (isSeq(node)) return [...node.items].reverse().flatMap((item) => this.mergedPairs(item));
    return isMap(node) ? this.pairsOf(node) : [];
  }
}

/** Reads a YAML file to entries with their lines. Dotted keys are nested ones, and every scalar stays a text. */
export function parseYamlFile({ name, text, kind }: SourceFile): ParsedFile {
  const lines = new LineCounter();
  const originAt = (offset: number): Origin => ({ kind, file: name, line: lines.linePos(offset).line });
  const parsed = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
  });
  const documents = Array.isArray(parsed) ? parsed : [];
  const faults = documents.flatMap((document) => [
    ...document.errors.map((error) => ({
      where: whereOf(originAt(error.pos[0])),
      problem: `not YAML: ${error.message}`,
    })),
    ...shapeFault(document, originAt),
  ]);
  if (faults.length > 0) return { documents: [], faults };
  const read = (document: Document): Entry[] =>
    document.contents === null ? [] : new DocumentReader(document, originAt).read(document.contents, [], 0);
  return { documents: documents.map((document) => read(document).filter(({ names }) => names.length > 0)), faults: [] };
}

function shapeFault({ contents }: Document, originAt: (offset: number) => Origin): Fault[] {
  if (contents === null || isMap(contents) || (isScalar(contents) && leafOf(contents) === null)) return [];
  const got = isSeq(contents) ? 'a list' : 'a text';
  return [{ where: whereOf(originAt(contents.range?.[0] ?? 0)), problem: `got ${got}, valid: keys with values` }];
}
