import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const seconds = 1000

interface Suite {
  timeout: number
  /** Suites of one turn share the two cores; the next turn starts afterwards. */
  turn: number
  globalSetup?: string[]
  /** Whether each file gets a process of its own; pure code needs none. */
  isolate?: boolean
  /** A browser beside a busy machine may miss a moment: tried once more, and the run tells of it. */
  retry?: number
}

const suites: Record<string, Suite> = {
  domain: { timeout: 120 * seconds, turn: 0, isolate: false },
  story: { timeout: 120 * seconds, turn: 0, isolate: false },
  contract: { timeout: 120 * seconds, turn: 0, isolate: false },
  crash: { timeout: 300 * seconds, turn: 1 },
  pages: { timeout: 180 * seconds, turn: 2, isolate: false, retry: 1, globalSetup: ['tests/setup/build.ts'] },
  electron: { timeout: 180 * seconds, turn: 3, retry: 1, globalSetup: ['tests/setup/build.ts', 'tests/setup/display.ts'] },
}

export default defineConfig({
  test: {
    reporters: ['default', './build/reporter.ts'],
    pool: 'forks',
    // Node loads the sources itself, exactly as it does in the program.
    experimental: { viteModuleRunner: false },
    maxWorkers: 2,
    projects: Object.entries(suites).map(
      ([name, { timeout, turn, globalSetup = [], isolate = true, retry = 0 }]): TestProjectInlineConfiguration => ({
        extends: true,
        test: {
          name,
          include: [`tests/${name}/**/*.test.ts`],
          globalSetup,
          isolate,
          retry,
          testTimeout: timeout,
          hookTimeout: timeout,
          // Two cores that are busy with other suites answer late, not wrongly.
          expect: { poll: { timeout: 30 * seconds } },
          sequence: { groupOrder: turn },
        },
      }),
    ),
  },
})
