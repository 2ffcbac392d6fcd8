import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type App } from '#core/app.ts'
import { makeDemo } from '#core/features/session/demo.ts'
import { dispatch, type Call, type ErrorBody } from '#core/gateway/dispatch.ts'
import { DEMO_PASSWORD } from '#shared/domain/user/demo.ts'

/** A Wednesday in Shanghai, 10:00. */
export const NOON = Date.UTC(2026, 9, 21, 2)

/** A desk on a data folder of its own, with a clock that stands still until it is moved. */
export class TestDesk {
  readonly folder: string
  readonly app: App
  now = NOON

  constructor(folder = mkdtempSync(join(tmpdir(), 'loopdesk-'))) {
    this.folder = folder
    this.app = createApp({ data: folder, clock: () => this.now })
  }

  static async demo(): Promise<TestDesk> {
    const desk = new TestDesk()
    await makeDemo(desk.app)
    return desk
  }

  close(): void {
    this.app.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** A session token of a demo account: `dispatcher`, `supervisor`, `admin` … */
  async signIn(login: string, password: string = DEMO_PASSWORD): Promise<string> {
    const { status, body } = await this.call('command', 'session.signIn', { login, password })
    if (status !== 200) throw new Error(JSON.stringify(body))
    return (body as unknown as { token: string }).token
  }

  async call(
    kind: 'command' | 'query',
    name: string,
    input: unknown,
    more: Partial<Call> = {},
  ): Promise<{ status: number; body: Partial<ErrorBody> & Record<string, unknown> }> {
    const { status, body } = await dispatch(this.app, { kind, name, input, audience: 'desk', ...more })
    return { status, body: body as Partial<ErrorBody> & Record<string, unknown> }
  }
}
