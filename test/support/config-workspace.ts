import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import {
  ConfigurationError,
  type LoadInputs,
  type LoadedConfiguration,
  loadConfiguration,
} from '../../src/config/index.js';
import { setting } from '../../src/platform/settings/index.js';

const endpoint = z.object({
  url: z.url(),
  wrap: z.boolean().default(false),
  retryCount: z.number().int().min(1).default(1),
  flatten: z.boolean().optional(),
  eventName: z.string().optional(),
  fieldName: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
});

/** One setting of every kind, under keys that operators know. */
export const sample = {
  orcaUrl: setting.url('orca.baseUrl', { description: 'x', default: 'http://localhost:8083' }),
  orcaEnabled: setting.flag('orca.enabled', { description: 'x', default: true, dynamic: true }),
  pollMs: setting.millis('front50.pollingIntervalMs', { description: 'x', default: 30_000 }),
  scheduler: setting.flag('scheduler.enabled', { description: 'x', default: false }),
  poller: setting.flag('scheduler.pipelineConfigsPoller.enabled', { description: 'x', default: true }),
  compensation: setting.flag('scheduler.compensationJob.enabled', { description: 'x', default: false }),
  quietTypes: setting.texts('quietPeriod.suppressedTriggerTypes', { description: 'x', default: [], dynamic: true }),
  slackToken: setting.text('slack.token', { description: 'x', secret: true }),
  endpoints: setting.shape('rest.endpoints', 'list of endpoints', z.array(endpoint), {
    description: 'x',
    default: [],
    dynamic: true,
  }),
  mail: setting.shape('spring.mail.properties', 'names with texts', z.record(z.string(), z.string()), {
    description: 'x',
    default: {},
  }),
  sql: setting.flag('sql.enabled', { description: 'x', default: false }),
};

/** A working directory of its own, with the files that a test writes. */
export class ConfigWorkspace {
  readonly cwd = mkdtempSync(path.join(tmpdir(), 'echo-config-'));

  path(name: string): string {
    return path.join(this.cwd, name);
  }

  write(name: string, text: string): void {
    mkdirSync(path.dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  load(env: LoadInputs['env'] = {}, inputs: Partial<LoadInputs> = {}): LoadedConfiguration {
    return loadConfiguration({ env, cwd: this.cwd, settings: Object.values(sample), ...inputs });
  }

  /** The message of a configuration that must not load. */
  faultsOf(env: LoadInputs['env'] = {}, inputs: Partial<LoadInputs> = {}): string[] {
    try {
      this.load(env, inputs);
    } catch (error) {
      if (error instanceof ConfigurationError) return error.message.split('\n');
      throw error;
    }
    throw new Error('The configuration loaded, but it should not have.');
  }

  remove(): void {
    rmSync(this.cwd, { recursive: true, force: true });
  }
}
