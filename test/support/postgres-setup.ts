import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    postgresFolder: string;
  }
}

/** Names a folder for the PostgreSQL of this test run; the first test that needs one starts it, and here it ends. */
export default function setup({ provide }: TestProject): () => Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'echo-postgres-'));
  provide('postgresFolder', folder);
  return async () => {
    const file = path.join(folder, 'data', 'postmaster.pid');
    if (existsSync(file)) process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGINT');
    while (existsSync(file)) await setTimeout(20);
    rmSync(folder, { recursive: true, force: true });
  };
}
