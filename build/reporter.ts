import { existsSync, readFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'

type Runtimes = Record<string, { skipReason?: string }>

const runtimesFile = new URL('../node_modules/.cache/loopdesk/runtimes.json', import.meta.url)
/** The runtime without which a whole project's tests are skipped. */
const runtimeOfProject: Record<string, string> = { pages: 'chromium', electron: 'electron' }

/** Closes a run with what passed at the second try only, the skipped tests, by name and reason, and one line of counts. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    // A file that does not load, or a hook that throws, has no failing test of its own.
    const broken = modules.filter((module) => !module.ok() && !hasFailedTest(module)).length
    const skipped = tests.filter((test) => test.result().state === 'skipped')
    for (const test of skipped) console.log(`skipped: ${test.fullName} — ${reason(test)}`)
    for (const test of tests.filter((each) => each.diagnostic()?.flaky)) console.log(`passed at the second try: ${test.fullName}`)
    const counts = [`${count('passed')} passed`, `${count('failed') + broken + errors.length} failed`]
    if (skipped.length > 0) counts.push(`${skipped.length} skipped`)
    console.log(`\n${counts.join(', ')}`)
  }
}

function hasFailedTest(module: TestModule): boolean {
  return [...module.children.allTests('failed')].length > 0
}

function reason(test: TestCase): string {
  const result = test.result()
  if (result.state === 'skipped' && result.note) return result.note
  return runtimes()[runtimeOfProject[test.project.name] ?? '']?.skipReason ?? 'marked as skipped in its file'
}

function runtimes(): Runtimes {
  return existsSync(runtimesFile) ? (JSON.parse(readFileSync(runtimesFile, 'utf8')) as Runtimes) : {}
}
