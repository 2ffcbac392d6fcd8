import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createApp, type App } from '#core/app.ts'
import { verifyFolder } from '#core/maintenance/folder.ts'
import { one } from '#core/store/sql.ts'

const MIB = 1024 * 1024

function write(app: App, count: number): void {
  for (let n = 0; n < count; n++) {
    const result = app.pipeline.execute({
      id: `customer-${n}`,
      name: 'customer.register',
      actor: { kind: 'system', id: 'test' },
      input: { name: `客户 ${n} ${'甲'.repeat(150)}` },
    })
    if (!result.ok) throw new Error(result.refusal.code)
  }
}

describe('the checkpoints of a service', () => {
  it('happen beside the writer, and the folder is whole after a stop at any time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loopdesk-checkpoint-'))
    try {
      const app = createApp({ data: folder })
      app.start()
      // The writer's own limit is far away: only the thread moves the log into the database here.
      const before = statSync(join(folder, 'loopdesk.db')).size
      write(app, 600)
      const grown = (): boolean => statSync(join(folder, 'loopdesk.db')).size > before
      await expect.poll(grown, { timeout: 10_000, interval: 50 }).toBe(true)
      expect(one<{ wal_autocheckpoint: number }>(app.db, 'PRAGMA wal_autocheckpoint')?.wal_autocheckpoint).toBe(50_000)
      expect(statSync(join(folder, 'loopdesk.db-wal')).size).toBeLessThan(200 * MIB)
      app.close()
      // The last connection is gone: SQLite has put the whole log into the database.
      const wal = join(folder, 'loopdesk.db-wal')
      expect(existsSync(wal) ? statSync(wal).size : 0).toBe(0)
      expect(verifyFolder(folder)).toMatchObject({ ok: true })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('end at once where the service stops as soon as it started', () => {
    const folder = mkdtempSync(join(tmpdir(), 'loopdesk-checkpoint-'))
    try {
      for (let n = 0; n < 3; n++) {
        const app = createApp({ data: folder })
        app.start()
        const began = performance.now()
        app.close()
        expect(performance.now() - began).toBeLessThan(4_000)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
