import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type EchoOptions, type RunningEcho, startEcho } from './echo.js';

/** An Echo with a configuration file of its own, which is edited while it runs. */
export class EditableEcho {
  private running: RunningEcho | undefined;
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'echo-editable-'));

  /** @param yaml the whole of `echo.yml` */
  constructor(yaml: string) {
    this.write(yaml);
  }

  get echo(): RunningEcho {
    if (this.running) return this.running;
    throw new Error('It was not started.');
  }

  write(yaml: string): void {
    const file = path.join(this.folder, 'echo.yml');
    writeFileSync(`${file}.new`, yaml);
    renameSync(`${file}.new`, file);
  }

  async start(options: EchoOptions = {}): Promise<void> {
    const env = { ECHO_CONFIG_PATH: this.folder, PLATFORM_SETTINGS_RELOADINTERVALMS: '50', ...options.env };
    this.running = await startEcho({ ...options, env });
  }

  /** Ends it, and not the peers. */
  async stop(): Promise<void> {
    await this.running?.app.close();
    rmSync(this.folder, { recursive: true });
  }
}
