import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { createApp } from '#core/app.ts'
import { makeDemo } from '#core/features/session/demo.ts'
import type { createBridge } from '../../electron/preload/bridge.ts'
import type { Reply } from '../../electron/messages.ts'
import { launchDesk } from '../support/browser.ts'

declare global {
  interface Window {
    readonly loopdesk: ReturnType<typeof createBridge>
  }
}

export interface TestDesktop {
  readonly program: ElectronApplication
  readonly page: Page
  /** The data folder. */
  readonly data: string
  /** What the program was started with, for a second start on the same folder. */
  readonly args: string[]
  readonly env: Record<string, string>
  close(): Promise<void>
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'loopdesk-desktop-'))

/** A folder with demo accounts and no orders: the first start has nothing to prepare. */
export async function demoFolder(): Promise<string> {
  const data = temporaryFolder()
  const app = createApp({ data })
  await makeDemo(app)
  app.close()
  return data
}

/** The desktop program on a data folder, past its first message. */
export async function openDesktop(options: { demo?: boolean; data?: string } = {}): Promise<TestDesktop> {
  const { demo = true, data = await demoFolder() } = options
  const settings = temporaryFolder()
  const args = ['--data', data, ...(demo ? ['--demo'] : [])]
  const env = { XDG_CONFIG_HOME: settings }
  const program = await launchDesk(args, env)
  // Nobody here needs the tour; it has tests of its own in the browser.
  await program.context().addInitScript(() => localStorage.setItem('tourSeen', '*'))
  const page = await program.firstWindow()
  return {
    program,
    page,
    data,
    args,
    env,
    async close() {
      await program.close()
      for (const folder of [data, settings]) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Clicks an entry of the application menu by its label. */
export const choose = (program: ElectronApplication, label: string): Promise<void> =>
  program.evaluate(({ Menu }, wanted) => {
    const all = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? []
    const entry = all.find((each) => each.label === wanted)
    if (!entry) throw new Error(`no entry ${wanted} among ${all.map((each) => each.label).join()}`)
    entry.click()
  }, label)

/** The address of a message of the program, once it is there. */
export const noticeAddress = (program: ElectronApplication): Promise<string> =>
  program.evaluate(async ({ BrowserWindow }) => {
    for (;;) {
      const found = BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()).find((url) => url.startsWith('loopdesk-app://notice/'))
      if (found !== undefined) return found
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })
export const closeNotice = (program: ElectronApplication): Promise<void> =>
  program.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().startsWith('loopdesk-app://notice/'))?.close(),
  )

export const atDesk = (page: Page): Promise<void> => page.waitForURL('loopdesk-app://desk/**', { timeout: 60_000 })

/** A call of the contract from the page. */
export const ask = (page: Page, kind: 'command' | 'query', name: string, input: object, id?: string): Promise<Reply> =>
  page.evaluate((call) => window.loopdesk.invoke(call), { kind, name, input, ...(id !== undefined && { id }) })

export const signIn = (page: Page, login = 'dispatcher'): Promise<Reply> =>
  ask(page, 'command', 'session.signIn', { login, password: 'loopdesk-demo' })
