import { existsSync, readFileSync } from 'node:fs'

/** A program that tests run: where it is, or why there is none. */
interface Runtime {
  path?: string
  /** Electron on a Linux machine without a display: the virtual one to start. */
  xvfb?: string
  skipReason?: string
}

const file = new URL('../../node_modules/.cache/loopdesk/runtimes.json', import.meta.url)

/** What `build/bootstrap.mjs --for test` found. */
function runtime(name: 'chromium' | 'electron'): Runtime {
  const unknown = { skipReason: 'not looked for yet: node build/bootstrap.mjs --for test' }
  if (!existsSync(file)) return unknown
  const found = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Runtime>
  return found[name] ?? unknown
}

export const chromium = runtime('chromium')
export const electron = runtime('electron')
