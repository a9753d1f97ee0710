import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Setting } from '../platform/settings/index.js';
import type { Environment } from './environment.js';
import {
  PROFILES,
  type Profile,
  type ProfileChoice,
  type RequestedProfile,
  chooseProfile,
  requestedProfile,
  springProfilesOf,
} from './profile.js';
import { accessBy } from './secrets/access.js';
import { Secrets } from './secrets/secrets.js';
import { SPRING_JSON } from './sources/application-json.js';
import { type Reading, readConfiguration } from './reading.js';
import { type OperatorFiles, readOperatorFiles, searchPathOf } from './sources/operator-files.js';
import { takeKey, tokensOf } from './sources/variable-names.js';
import type { SourceFile } from './sources/yaml-file.js';

/** What a configuration is loaded from. */
export interface ConfigurationInputs {
  readonly env: Environment;
  /** Where relative paths start. */
  readonly cwd: string;
  /** The folder of the built-in files, where it is not the usual one. */
  readonly profilesDir?: string;
  /** The folder of an installed configuration, where it is not `/opt/spinnaker/config`. */
  readonly installed?: string;
  /** Files and folders of the operator, in place of `ECHO_CONFIG_PATH`. */
  readonly files?: readonly string[];
  /** The settings that are looked for: all of Echo's, unless a test has its own. */
  readonly settings: readonly Setting<unknown>[];
}

/** A look at the sources together with what it means. */
export interface Interpretation extends Reading {
  readonly choice: ProfileChoice;
  readonly profile: Profile;
}

/** Simulating orca beside a real one would start what nobody meant: who names a peer has configured Echo. */
const PEERS = [
  ['orca', 'baseUrl'],
  ['front50', 'baseUrl'],
  ['services', 'orca', 'baseUrl'],
  ['services', 'front50', 'baseUrl'],
];

const BUILT_IN = fileURLToPath(new URL('./profiles/', import.meta.url));

/** The files that come with Echo: the base, and what `profile` adds to it. */
export function builtInFiles(profile: Profile | undefined, folder = BUILT_IN): SourceFile[] {
  const names = profile ? ['base.yml', `${profile}.yml`] : ['base.yml'];
  return names.map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8'), kind: 'profile' }));
}

function peerVariable(env: Environment): string | undefined {
  if (env[SPRING_JSON]) return SPRING_JSON;
  return Object.keys(env).find((name) => env[name] && PEERS.some((key) => takeKey(tokensOf(name), key)?.length === 0));
}

/** The places that a configuration comes from, which can be looked at again and again. */
export class ConfigurationSource {
  /** What stands behind references into secret stores; shared by all looks. */
  private readonly secrets = new Secrets();
  private readonly requested: RequestedProfile | undefined;
  private readonly searchPath: readonly string[] | undefined;
  private readonly springProfiles: readonly string[];

  constructor(private readonly inputs: ConfigurationInputs) {
    this.requested = requestedProfile(inputs.env);
    this.searchPath = inputs.files ?? searchPathOf(inputs.env['ECHO_CONFIG_PATH']);
    this.springProfiles = springProfilesOf(inputs.env);
  }

  get settings(): readonly Setting<unknown>[] {
    return this.inputs.settings;
  }

  /** Reads the operator's files as they are now. */
  look(): OperatorFiles {
    const profile = PROFILES.find((name) => name === this.requested?.name) ?? 'echo';
    const { cwd, env, installed } = this.inputs;
    const { searchPath, springProfiles } = this;
    return readOperatorFiles({
      cwd,
      env,
      installed,
      searchPath,
      profile,
      springProfiles,
      active: this.activeProfiles(profile),
    });
  }

  interpret(look: OperatorFiles): Interpretation {
    const choice = chooseProfile(this.requested, { found: this.foundIn(look) });
    const profile = choice.kind === 'refused' ? 'echo' : choice.profile;
    const ofProfile = choice.kind === 'named' || choice.kind === 'first-look' ? choice.profile : undefined;
    const reading = readConfiguration({
      profile,
      files: [...builtInFiles(ofProfile, this.inputs.profilesDir), ...look.files],
      environment: this.inputs.env,
      activeProfiles: this.activeProfiles(profile),
      settings: this.settings,
      secrets: this.secrets,
    });
    return {
      ...reading,
      choice,
      profile,
      faults: [...look.faults, ...(choice.kind === 'refused' ? [choice.fault] : []), ...reading.faults],
      warnings: [...look.warnings, ...reading.warnings],
    };
  }

  /** Opens the secrets that an interpretation has met; whether there were any. */
  openSecrets({ values }: Interpretation): Promise<boolean> {
    return this.secrets.open(() => accessBy(values, this.inputs.env));
  }

  private activeProfiles(profile: Profile): ReadonlySet<string> {
    return new Set([profile, profile.replace(/^echo-/, ''), 'composite', ...this.springProfiles]);
  }

  /** What tells that the operator configured Echo, in words. */
  private foundIn({ files }: OperatorFiles): string | undefined {
    if (files.length > 0) return files.map(({ name }) => name).join(', ');
    if (this.searchPath) return this.searchPath.join(', ');
    const variable = peerVariable(this.inputs.env);
    return variable && `variable ${variable}`;
  }
}
