import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { messageOf } from '../../platform/errors/index.js';
import type { SecretAccess } from './access.js';
import { s3, secretsManager } from './aws.js';
import { type SecretEngine, SecretError, parameterOf } from './engine.js';
import { googleSecretManager, googleStorage } from './google.js';
import { kubernetes } from './kubernetes.js';
import { type SecretReference, isReference, referenceOf } from './reference.js';

/** What stands behind a value. */
export type Secret =
  /** The value is no reference: it is itself. */
  | { readonly kind: 'plain' }
  | { readonly kind: 'opened'; readonly text: string }
  | { readonly kind: 'unopened'; readonly problem: string }
  | { readonly kind: 'closed'; readonly problem: string };

export type SecretEngines = ReadonlyMap<string, SecretEngine>;

const ENGINES: SecretEngines = new Map([
  ['k8s', kubernetes],
  ['kubernetes', kubernetes],
  ['secrets-manager', secretsManager],
  ['s3', s3],
  ['google-secrets-manager', googleSecretManager()],
  ['gcs', googleStorage],
]);

/** A version that nobody names is the newest. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([['v', 'latest']]);

const NOT_OPENED: Secret = {
  kind: 'unopened',
  problem: 'is a reference into a secret store, and those are opened only when Echo starts: restart it',
};

const MALFORMED: Secret = {
  kind: 'closed',
  problem: 'a reference into a secret store is written as encrypted:<store>!<key>:<value>!…',
};

/** The part of a secret that holds several: a key of its YAML or JSON, dots leading inwards. */
function part(text: string, key: string): string {
  const steps = (value: unknown, step: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined;
  const document: unknown = parse(text, { schema: 'failsafe', logLevel: 'silent' });
  const found = steps(document, key) ?? key.split('.').reduce(steps, document);
  if (typeof found === 'string') return found;
  throw new SecretError(`has no text under the key '${key}'`);
}

/** How an engine reads the parameters of a reference, once those that it needs are there. */
function readerOf(reference: SecretReference, { required }: SecretEngine): (name: string) => string {
  for (const name of required) parameterOf(reference, name);
  return (name) => reference.parameters.get(name) ?? DEFAULTS.get(name) ?? parameterOf(reference, name);
}

/** The secrets that the configuration refers to. They are opened once, all together, and kept in memory. */
export class Secrets {
  private readonly known = new Map<string, Secret>();
  private readonly asked = new Map<string, SecretReference>();
  private folder: Promise<string> | undefined;

  constructor(private readonly engines: SecretEngines = ENGINES) {}

  /** What a value stands for; a reference that was not opened yet is remembered for `open`. */
  behind(text: string): Secret {
    if (!isReference(text)) return { kind: 'plain' };
    return this.known.get(text) ?? this.ask(text);
  }

  /**
   * Opens every reference that was asked for since; whether there were any. Those that fail say why in `behind`.
   * @param connect called once, where there is a reference to open
   */
  async open(connect: () => SecretAccess): Promise<boolean> {
    const references = [...this.asked.values()];
    this.asked.clear();
    if (references.length === 0) return false;
    const access = Promise.resolve().then(connect);
    await Promise.all(references.map(async (one) => this.known.set(one.text, await this.secretOf(one, access))));
    await access.then(
      ({ transport }) => transport.onApplicationShutdown(),
      () => undefined,
    );
    return true;
  }

  private ask(text: string): Secret {
    const reference = referenceOf(text);
    if (!reference) return MALFORMED;
    if (!this.engines.has(reference.engine)) {
      const stores = [...this.engines.keys()].join(', ');
      const problem = `is in the secret store '${reference.engine}', which Echo does not open: it opens ${stores}`;
      return { kind: 'closed', problem };
    }
    this.asked.set(text, reference);
    return NOT_OPENED;
  }

  private async secretOf(reference: SecretReference, access: Promise<SecretAccess>): Promise<Secret> {
    const engine = this.engines.get(reference.engine);
    try {
      const bytes = (await engine?.read(readerOf(reference, engine), await access)) ?? Buffer.alloc(0);
      if (reference.asFile) return { kind: 'opened', text: await this.fileWith(bytes) };
      const text = Buffer.from(bytes).toString('utf8');
      const key = engine?.holdsDocuments ? reference.parameters.get('k') : undefined;
      return { kind: 'opened', text: key === undefined ? text.replace(/\r?\n$/, '') : part(text, key) };
    } catch (error) {
      return { kind: 'closed', problem: `its secret in '${reference.engine}' cannot be opened: ${messageOf(error)}` };
    }
  }

  /** Readable for this user only, and gone with the container. */
  private async fileWith(bytes: Uint8Array): Promise<string> {
    this.folder ??= mkdtemp(path.join(tmpdir(), 'echo-secrets-'));
    const file = path.join(await this.folder, String(this.known.size));
    await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
    return file;
  }
}
