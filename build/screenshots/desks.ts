// Two desks to take pictures of: one with the demo's tale, one where nothing has happened yet.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type App } from '../../core/app.ts'
import { seedDemo } from '../../core/features/demo/seedDemo.ts'
import { makeDemo } from '../../core/features/session/demo.ts'
import { openService } from '../../core/gateway/service.ts'
import { DEMO_PASSWORD } from '../../shared/domain/user/demo.ts'

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨']
const GIVEN = ['伟', '敏', '静', '磊', '洋', '建军', '海燕', '志强', '文博', '晓东', '春生', '立新', '国栋', '雪梅', '一鸣', '思远', '嘉怡', '子涵']
const WORKDAYS = [0, 1, 2, 3, 4]

export interface PictureDesk {
  readonly url: string
  /** A session of a demo account; each is opened once. */
  tokenOf(login: string): Promise<string>
  command(login: string, name: string, input: unknown): Promise<Record<string, unknown>>
  close(): Promise<void>
}

/** A desk whose clock stands still at `now` (UTC ms); `orders` 0: without a tale; `more`: engineers besides the demo's. */
export async function openPictureDesk(now: number, orders: number, more = 0): Promise<PictureDesk> {
  const home = mkdtempSync(join(tmpdir(), 'loopdesk-pictures-'))
  const data = join(home, 'desk')
  if (orders > 0) {
    const seeded = await seedDemo({ data, orders, months: 3, seed: 1, until: now })
    if (!seeded.ok) throw new Error(seeded.refusal.code)
  }
  const app = createApp({ data, clock: () => now, program: 'serve' })
  await makeDemo(app)
  hireEngineers(app, more)
  app.start()
  await app.idle()
  const service = await openService(app, data, { signInsPerMinute: 1000 })
  return {
    ...visitDesk(service.url),
    async close() {
      await service.close()
      app.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function hireEngineers({ pipeline }: App, count: number): void {
  const actor = { kind: 'user', id: 'admin' } as const
  for (let n = 0; n < count; n++) {
    const login = `crowd${String(n)}`
    const displayName = `${SURNAMES[n % SURNAMES.length] ?? ''}${GIVEN[Math.floor(n / SURNAMES.length) % GIVEN.length] ?? ''}`
    const shifts = WORKDAYS.map((day) => ({ day, start: n % 3 === 0 ? '07:30' : '08:30', minutes: 540 }))
    pipeline.executeAll([
      { id: `${login}-add`, name: 'user.add', input: { login, displayName, roles: ['engineer'], demo: true }, actor },
      { id: `${login}-shifts`, name: 'roster.addRotation', input: { engineer: login, from: '2026-09-07', until: null, cycleDays: 7, shifts }, actor },
    ])
  }
}

/** A demo desk that runs already. */
export function visitDesk(url: string): PictureDesk {
  const tokens = new Map<string, Promise<string>>()
  const call = async (name: string, input: unknown, token?: string): Promise<Record<string, unknown>> => {
    const headers = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) }
    const response = await fetch(`${url}/api/commands/${name}`, { method: 'POST', headers, body: JSON.stringify({ input }) })
    const body = (await response.json()) as Record<string, unknown>
    if (!response.ok) throw new Error(`${name}: ${JSON.stringify(body)}`)
    return (body['value'] ?? body) as Record<string, unknown>
  }
  const signIn = async (login: string): Promise<string> =>
    String((await call('session.signIn', { login, password: DEMO_PASSWORD }))['token'])
  const tokenOf = (login: string): Promise<string> => {
    const token = tokens.get(login) ?? signIn(login)
    tokens.set(login, token)
    return token
  }
  return {
    url,
    tokenOf,
    command: async (login, name, input) => call(name, input, await tokenOf(login)),
    close: async () => undefined,
  }
}
