import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Tests in a real browser: `npm test -- --only browser`, or one of them: `… --only browser story`. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    globalSetup: ['test/e2e/support/build.ts'],
    pool: 'forks',
    // what is measured in one browser must not be another's noise
    maxWorkers: 1,
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // as long as people wait for something on a screen: a busy machine is not a fault
    expect: { poll: { timeout: 15_000 } },
  },
})
