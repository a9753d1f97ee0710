import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from './free-port.js';
import { ServiceProcess } from './service-process.js';

const HEALTHY = `
  import { createServer } from 'node:http';
  console.log('HOME is', process.env.HOME, 'USER is', process.env.USER);
  const server = createServer((_, answer) => answer.end('UP')).listen(Number(process.env.PORT), '127.0.0.1');
  process.on('SIGTERM', () => { server.closeAllConnections(); server.close(() => process.exit(0)); });
`;

describe('a service in a process of its own', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'service-process-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function start(source: string, startWithinMs = 10_000): Promise<ServiceProcess> {
    const port = await freePort();
    const script = join(folder, 'service.mjs');
    writeFileSync(script, source);
    const env = { PORT: String(port), HOME: folder };
    const healthUrl = `http://127.0.0.1:${port}/health`;
    return ServiceProcess.start({ script, env, healthUrl, logFile: join(folder, 'log'), startWithinMs });
  }

  it('starts, writes its log, sees only the environment it was given, and ends when asked to', async () => {
    const service = await start(HEALTHY);

    expect(await service.stop()).toBe(0);
    expect(service.log()).toContain(`HOME is ${folder} USER is undefined`);
  });

  it('fails with its log when it ends before it is healthy', async () => {
    await expect(start("console.error('no config'); process.exit(3);")).rejects.toThrow(/ended with 3[^]*no config/);
  });

  it('fails with its log when it is never healthy', async () => {
    await expect(start("console.log('starting'); setInterval(() => {}, 1000);", 300)).rejects.toThrow(
      /300 ms[^]*starting/,
    );
  });
});
