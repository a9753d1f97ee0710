/** A value that stands for a secret kept elsewhere: `encrypted:<engine>!<key>:<value>!…`. */
export interface SecretReference {
  /** As it was written. */
  readonly text: string;
  readonly engine: string;
  /** `encryptedFile:`: the setting wants the path of a file with the secret in it. */
  readonly asFile: boolean;
  readonly parameters: ReadonlyMap<string, string>;
}

const REFERENCE = /^encrypted(File)?:([^!]+)((?:![^!:]+:[^!]*)*)$/;

/** kork's notations for secrets, those that Echo opens and those that it does not. */
const NOTATION = /^(?:encrypted(?:File)?:|secret(?:File)?:\/\/)/;

/** Whether a value is meant as a reference, well written or not. */
export const isReference = (text: string): boolean => NOTATION.test(text);

/** Takes a reference apart; `undefined` where it is not written as `encrypted:<engine>!<key>:<value>!…`. */
export function referenceOf(text: string): SecretReference | undefined {
  const [, file, engine, rest = ''] = REFERENCE.exec(text.trim()) ?? [];
  if (engine === undefined) return undefined;
  const pairs = rest.split('!').filter((pair) => pair !== '');
  const parameters = new Map(pairs.map((pair) => [pair.split(':', 1)[0] ?? '', pair.slice(pair.indexOf(':') + 1)]));
  return { text, engine: engine.toLowerCase(), asFile: file !== undefined, parameters };
}
