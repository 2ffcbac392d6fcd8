import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

const script = fileURLToPath(new URL('../../build/bundle.mjs', import.meta.url))

/** What is stale is built once before the tests that open it; page tests need the pages alone. */
export default async function build({ name }: TestProject): Promise<void> {
  await promisify(execFile)(process.execPath, name === 'pages' ? [script, 'renderer'] : [script])
}
