import { chromium as playwright, _electron, type Browser, type ElectronApplication } from 'playwright-core'
import { fileURLToPath } from 'node:url'
import { chromium, electron } from './runtimes.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Fewer processes: graphics and network within the browser, windows of one context and site in one. */
const small = ['--in-process-gpu', '--enable-features=NetworkServiceInProcess2', '--process-per-site']

/** Chromium for page tests. Guard the suite with `describe.skipIf(!chromium.path)`. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return playwright.launch({ executablePath: required(chromium.path, chromium.skipReason), args: [...quiet, ...more] })
}

let shared: Promise<Browser> | undefined

/** The one of this process, which it ends with; another where it fell over. */
export async function sharedBrowser(): Promise<Browser> {
  if (!(await shared)?.isConnected()) shared = launchBrowser(small)
  return shared as Promise<Browser>
}

/**
 * The real desktop program on a data folder of the test's own. Guard with `describe.skipIf(!electron.path)`.
 * @param args the program's own arguments, such as `--data DIR`
 */
export async function launchDesk(args: string[], env: Record<string, string> = {}): Promise<ElectronApplication> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return _electron.launch({
    executablePath: required(electron.path, electron.skipReason),
    args: ['--no-sandbox', '--disable-gpu', root, ...args],
    cwd: root,
    env: { ...Object.fromEntries(inherited), ...env },
  })
}

function required(path: string | undefined, reason: string | undefined): string {
  if (path === undefined) throw new Error(reason ?? 'no runtime')
  return path
}
