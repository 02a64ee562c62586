import { defineConfig } from 'vitest/config'

/** Tests against real servers, run on request: `npx vitest run --config test/servers/live.config.ts NAME`. */
export default defineConfig({
  test: {
    include: ['test/servers/**/*.live.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
