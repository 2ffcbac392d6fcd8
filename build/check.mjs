// `npm run check`: types, lint, layers, unused code. Two at a time; says one line each.
import { join } from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { root, runQuietly } from './runtime.mjs'

const modules = join(root, 'node_modules')
const checks = [
  ['lint', 'eslint/bin/eslint.js', '.', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/'],
  ['types of the core', 'typescript/bin/tsc', '-p', 'tsconfig.node.json'],
  ['types of the pages', 'vue-tsc/bin/vue-tsc.js', '-p', 'tsconfig.renderer.json'],
  ['types of shared', 'typescript/bin/tsc', '-p', 'tsconfig.shared.json'],
  ['types of preload and page tests', 'typescript/bin/tsc', '-p', 'tsconfig.browser.json'],
  ['layers', 'dependency-cruiser/bin/dependency-cruise.mjs', 'shared', 'core', 'electron', 'renderer', '--config', '.dependency-cruiser.cjs'],
  ['unused code', 'knip/bin/knip.js', '--no-progress'],
]

const node = await bootstrap({ forTests: false })
const waiting = [...checks]
let failed = 0
await Promise.all([worker(), worker()])
console.log(failed === 0 ? 'check: all clean' : `check: ${failed} of ${checks.length} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function worker() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, script, ...args] = next
    const begun = Date.now()
    const { code, output } = await runQuietly(node.path, [...node.flags, join(modules, script), ...args])
    const time = `${((Date.now() - begun) / 1000).toFixed(1)} s`
    if (code === 0) console.log(`${name}: clean (${time})`)
    else {
      failed += 1
      console.log(`${name}: FAILED (${time})\n${output.trim()}`)
    }
  }
}
