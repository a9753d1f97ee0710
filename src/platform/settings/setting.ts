import { z } from 'zod';

/** Facts about a setting that the documentation and the loader need besides its type. */
export interface SettingOptions<T> {
  /** What the setting does, in one sentence, with its unit; shown in docs/configuration.md. */
  readonly description: string;
  /** The value when no file and no variable sets it; without one the setting may be absent. */
  readonly default?: T;
  /** How the default is called in the documentation where it depends on the machine, e.g. `number of CPUs`. */
  readonly defaultName?: string;
  /** Never shown: printed as `***` in dumps, logs and answers. */
  readonly secret?: boolean;
  /** Read at the moment of use; can be changed while running. */
  readonly dynamic?: boolean;
}

/**
 * One configuration key with its type. A room declares its settings in `<room>.config.ts` and reads them with
 * `Settings.get`. `key` is written in camelCase; kebab-case means the same key.
 */
export interface Setting<T> extends SettingOptions<T> {
  readonly key: string;
  readonly schema: z.ZodType<T>;
  /** How the type is called in the documentation and in fault messages, e.g. `whole number ≥ 1`. */
  readonly typeName: string;
}

/** A setting that may be absent reads as `undefined`. */
export type Optional<T> = Setting<T | undefined>;

type WithDefault<T> = SettingOptions<T> & { readonly default: NoInfer<T> };
type WithoutDefault<T> = Omit<SettingOptions<T>, 'default'>;

interface Maker<T> {
  (key: string, options: WithDefault<T>): Setting<T>;
  (key: string, options: WithoutDefault<T>): Optional<T>;
}

function maker<T>(typeName: string, schema: z.ZodType<T>): Maker<T> {
  return ((key: string, options: SettingOptions<T>) => ({ ...options, key, schema, typeName })) as Maker<T>;
}

const TRUE = ['true', 'yes', 'on', '1'];
const FALSE = ['false', 'no', 'off', '0'];

/** Reads what YAML 1.1, YAML 1.2 and environment variables write for a truth value; anything else is `undefined`. */
export function readTruth(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (TRUE.includes(word)) return true;
  return FALSE.includes(word) ? false : undefined;
}

const truth = z.transform<unknown, boolean>((value, context) => {
  const known = typeof value === 'string' ? readTruth(value) : typeof value === 'boolean' ? value : undefined;
  if (known === undefined) context.issues.push({ code: 'custom', message: 'true or false', input: value });
  return known ?? false;
});

const numeric = (schema: z.ZodNumber): z.ZodType<number> =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value), schema);

/** A number with a unit becomes a number without; the units are whole multiples, so that no fraction appears. */
const withUnits = (units: ReadonlyMap<string, number>): z.ZodType<number> =>
  z.preprocess(
    (value) => {
      const [, digits, unit = ''] = (typeof value === 'string' && /^\s*(\d+)\s*([a-z]+)\s*$/i.exec(value)) || [];
      const factor = units.get(unit.toLowerCase());
      return digits !== undefined && factor !== undefined ? Number(digits) * factor : value;
    },
    numeric(z.number().int().min(0)),
  );

const SECOND = 1000;
const DURATIONS = new Map([
  ['ms', 1],
  ['s', SECOND],
  ['m', 60 * SECOND],
  ['h', 3600 * SECOND],
  ['d', 86_400 * SECOND],
]);

/** `KB` is 1024 bytes, as in Spring's `DataSize`. */
const KILO = 1024;
const SIZES = new Map([
  ['b', 1],
  ['kb', KILO],
  ['mb', KILO ** 2],
  ['gb', KILO ** 3],
]);

const textual = z.preprocess(
  (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  z.string(),
);

const listed = (value: unknown): unknown =>
  typeof value === 'string' ? value.split(',').flatMap((part) => part.trim() || []) : value;

const absoluteUrl = textual.refine((value) => /^https?:\/\/[^/]/i.test(value) && URL.canParse(value), {
  message: 'an absolute http or https URL',
});

const instant = textual.refine((value) => z.iso.datetime({ offset: true }).safeParse(value).success, {
  message: 'an instant with Z or an offset, such as 2026-12-24T18:00:00Z',
});

/** Schemas of members inside a `setting.shape`, with the same coercion as whole settings. */
export const member = {
  flag: truth as unknown as z.ZodType<boolean>,
  text: textual as z.ZodType<string>,
  url: absoluteUrl as z.ZodType<string>,
  count: numeric(z.number().int().min(0)),
  /** Milliseconds; a text may have a unit, as for `setting.millis`. */
  millis: withUnits(DURATIONS),
  /** A list of texts; a comma-separated text is taken as one. */
  texts: z.preprocess(listed, z.array(textual)) as z.ZodType<readonly string[]>,
};

/** Constructors of settings, by type. Texts in environment variables are coerced the same way as YAML values. */
export const setting = {
  flag: maker('true or false', truth as unknown as z.ZodType<boolean>),
  text: maker('text', textual as z.ZodType<string>),
  url: maker('absolute http or https URL', absoluteUrl as z.ZodType<string>),
  /** Kept as the text that it was given as, which `Date.parse` reads. */
  instant: maker('instant such as 2026-12-24T18:00:00Z', instant as z.ZodType<string>),
  count: maker('whole number ≥ 0', numeric(z.number().int().min(0))),
  /** Milliseconds; a text may have a unit: `500ms`, `30s`, `5m`, `12h`, `1d`. */
  millis: maker('milliseconds, a whole number ≥ 0 or a text such as 30s', withUnits(DURATIONS)),
  /** Bytes; a text may have a unit: `512KB`, `64MB`, `1GB`. */
  bytes: maker('bytes, a whole number ≥ 0 or a text such as 64MB', withUnits(SIZES)),
  port: maker('port, 0 to 65535', numeric(z.number().int().min(0).max(65_535))),

  /** One of a closed list of words, compared ignoring case. */
  choice<const T extends string>(key: string, values: readonly T[], options: WithDefault<T>): Setting<T> {
    const schema = z.preprocess(
      (value) => values.find((v) => v.toLowerCase() === String(value).toLowerCase()) ?? value,
      z.enum(values as readonly [T, ...T[]]),
    );
    return { ...options, key, schema: schema as unknown as z.ZodType<T>, typeName: `one of ${values.join(', ')}` };
  },

  /** A list of texts; a comma-separated text is taken as a list. */
  texts(key: string, options: WithDefault<readonly string[]>): Setting<readonly string[]> {
    return { ...options, key, schema: member.texts, typeName: 'list of texts' };
  },

  /** Anything a zod schema describes: lists of objects, maps. Member names are given to the schema in camelCase. */
  shape<T>(key: string, typeName: string, schema: z.ZodType<T>, options: WithDefault<T>): Setting<T> {
    return { ...options, key, schema, typeName };
  },
};
