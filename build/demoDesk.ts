import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type App } from '../core/app.ts'
import { seedDemo, SMALL_DEMO } from '../core/features/demo/seedDemo.ts'
import { makeDemo } from '../core/features/session/demo.ts'
import { openService } from '../core/gateway/service.ts'

export interface DemoDesk {
  readonly app: App
  readonly url: string
  close(): Promise<void>
}

/** The demo that `npm start` shows, with a clock that stands still at `now` (UTC ms). */
export async function openDemoDesk(now: number): Promise<DemoDesk> {
  const home = mkdtempSync(join(tmpdir(), 'loopdesk-pictures-'))
  const data = join(home, 'desk')
  const seeded = await seedDemo({ data, ...SMALL_DEMO, until: now })
  if (!seeded.ok) throw new Error(seeded.refusal.code)
  const app = createApp({ data, clock: () => now, program: 'serve' })
  await makeDemo(app)
  app.start()
  await app.idle()
  const service = await openService(app, data)
  return {
    app,
    url: service.url,
    async close() {
      await service.close()
      app.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
