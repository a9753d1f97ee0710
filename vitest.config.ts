import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  // What extensions import is tested from the sources, as all the rest.
  resolve: { alias: [{ find: /^echo$/, replacement: path.join(import.meta.dirname, 'src/extension-api.ts') }] },
  test: {
    include: ['src/**/*.spec.ts', 'test/**/*.spec.ts', 'examples/**/*.spec.ts', 'lint/**/*.spec.ts'],
    globalSetup: ['test/support/postgres-setup.ts'],
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
