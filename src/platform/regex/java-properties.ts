import type { CharSet } from './char-set.js';
import type { Flags } from './flags.js';
import {
  ANY_CASE,
  ASCII_CLASSES,
  CASED_CATEGORIES,
  CASED_CLASSES,
  JAVA_TESTS,
  POSIX_UNDER_UNICODE,
  UNICODE_PROPERTIES,
} from './java-property-tables.js';
import { PatternFault } from './pattern-fault.js';
import { unicodeBlock } from './unicode-blocks.js';
import type { UnicodeTables } from './unicode-tables.js';

/** Java takes a script's name in any case; JavaScript wants `Old_Italic`. */
function scriptName(name: string): string {
  const spelled = name.toLowerCase().replace(/(?:^|_)[a-z]/g, (start) => start.toUpperCase());
  return spelled === 'Signwriting' ? 'SignWriting' : spelled;
}

const IS_NAME = /^\w+$/;

/** Resolves what stands in `\p{…}`, in Java's spelling and meaning, to a set of code points. */
export class JavaProperties {
  constructor(private readonly tables: UnicodeTables) {}

  /** @throws PatternFault if Java knows no such property */
  resolve(name: string, flags: Flags): CharSet {
    const [key, value] = name.split(/=([^]*)/, 2);
    const found = value === undefined ? this.plain(name, flags) : this.keyed(key ?? '', value, flags);
    if (!found) throw new PatternFault(`there is no character property "${name}"`);
    return found;
  }

  private keyed(key: string, value: string, flags: Flags): CharSet | undefined {
    switch (key.toLowerCase()) {
      case 'sc':
      case 'script':
        return this.script(value);
      case 'blk':
      case 'block':
        return unicodeBlock(value);
      case 'gc':
      case 'general_category':
        return this.category(value, flags);
      default:
        return undefined;
    }
  }

  private plain(name: string, flags: Flags): CharSet | undefined {
    if (name.startsWith('In')) return unicodeBlock(name.slice(2));
    if (name.startsWith('Is')) return this.unicode(name.slice(2), flags);
    return this.unicodePosix(name, flags) ?? this.category(name, flags);
  }

  private unicode(name: string, flags: Flags): CharSet | undefined {
    const property = UNICODE_PROPERTIES.get(name.toUpperCase());
    if (property) return this.cased(property, flags);
    return this.unicodePosix(name, flags) ?? this.category(name, flags) ?? this.script(name);
  }

  /** Flag `U` turns the POSIX classes into Unicode's, and takes their names in any case. */
  private unicodePosix(name: string, flags: Flags): CharSet | undefined {
    const property = flags.U ? POSIX_UNDER_UNICODE.get(name.toUpperCase()) : undefined;
    return property === undefined ? undefined : this.unicode(property, flags);
  }

  /** General categories, and what Java files under the same names: POSIX classes and the tests of class Character. */
  private category(name: string, flags: Flags): CharSet | undefined {
    const isCased = name === 'Lower' || name === 'Upper';
    const ascii = ASCII_CLASSES.get(flags.i && isCased ? 'Alpha' : name);
    if (ascii) return ascii;
    const test = JAVA_TESTS.get(name);
    if (test) return this.cased(test, flags);
    if (flags.i && CASED_CATEGORIES.has(name)) return this.read('[\\p{Lu}\\p{Ll}\\p{Lt}]');
    if (name === 'LD') return this.read('[\\p{L}\\p{Nd}]');
    return /^(?:[A-Z][a-z]?|LC)$/.test(name) ? this.read(`\\p{gc=${name}}`) : undefined;
  }

  private script(name: string): CharSet | undefined {
    return IS_NAME.test(name) ? this.read(`\\p{Script=${scriptName(name)}}`) : undefined;
  }

  private cased(charClass: string, flags: Flags): CharSet | undefined {
    return this.read(flags.i && CASED_CLASSES.has(charClass) ? ANY_CASE : charClass);
  }

  private read(charClass: string): CharSet | undefined {
    return this.tables.set(charClass);
  }
}
