import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  test: {
    // Most tests wait for processes of their own; one core less, which is the default, would leave a small machine one.
    maxWorkers: '100%',
    // Without them, state goes to the temporary folder, which tests choose.
    env: { HOME: '', XDG_STATE_HOME: '' },
    // Limits are for what hangs, not for what is slow: the machine may be busy.
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**'], testTimeout: 30_000 } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
    ],
  },
});
