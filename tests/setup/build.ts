import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const script = fileURLToPath(new URL('../../build/renderer.mjs', import.meta.url))

/** Pages and preload are built once before the tests that open them. */
export default async function build(): Promise<void> {
  await promisify(execFile)(process.execPath, [script])
}
