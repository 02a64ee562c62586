import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'test/**/*.test.ts',
      'bench/**/*.test.ts',
      'tools/**/*.test.ts',
      'web/**/*.test.ts',
    ],
    exclude: ['**/*.live.test.ts', 'node_modules/**'],
    pool: 'forks',
    maxWorkers: 2,
    // a busy machine starts an engine in a minute; a test that hangs is still found
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
