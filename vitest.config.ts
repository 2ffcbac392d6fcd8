import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const seconds = 1000

interface Suite {
  timeout: number
  /** Suites of one turn share the two cores; the next turn starts afterwards. */
  turn: number
  globalSetup?: string[]
  /** Whether each file gets a process of its own; who neither kills nor starts programs needs none. */
  isolate?: boolean
  /** A browser beside a busy machine may miss a moment: tried once more, and the run tells of it. */
  retry?: number
}

const suites: Record<string, Suite> = {
  domain: { timeout: 120 * seconds, turn: 0, isolate: false },
  story: { timeout: 120 * seconds, turn: 0, isolate: false },
  contract: { timeout: 120 * seconds, turn: 0, isolate: false },
  crash: { timeout: 300 * seconds, turn: 0 },
  pages: { timeout: 180 * seconds, turn: 1, isolate: false, retry: 1, globalSetup: ['tests/setup/build.ts'] },
  electron: { timeout: 180 * seconds, turn: 2, retry: 1, globalSetup: ['tests/setup/build.ts', 'tests/setup/display.ts'] },
}

/** They take longest, whatever their size: begun first, both cores end together. */
const LONGEST = ['story/importReal', 'story/seed', 'story/cli', 'pages/axe', 'pages/dispatch', 'pages/drawer', 'pages/promises', 'electron/shell']

/** Vitest begins with what took longest in an earlier run; a clean clone has none. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const suite = (file: TestSpecification): number => sorted.findIndex(({ project }) => project === file.project)
    const rank = (file: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => file.moduleId.endsWith(`/tests/${name}.test.ts`))
      return at === -1 ? LONGEST.length : at
    }
    return sorted.toSorted((a, b) => suite(a) - suite(b) || rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
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
