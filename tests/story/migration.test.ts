import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { createApp } from '#core/app.ts'
import { doctorFolder } from '#core/maintenance/doctor.ts'
import { restoreFolder, verifyFolder } from '#core/maintenance/folder.ts'
import { latestSchema, migrate, schemaOf } from '#core/store/migrate.ts'
import { one } from '#core/store/sql.ts'
import { newFolder, removeFolders } from '../support/folders.ts'
import { dumpProjections, rebuilt } from '../support/projections.ts'

const released = fileURLToPath(new URL('../fixtures/released/', import.meta.url))
const migrations = fileURLToPath(new URL('../../core/store/migrations/', import.meta.url))

afterEach(removeFolders)

const countOf = (raw: Database.Database, table: string): number =>
  (raw.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n

/** A database as a release left it. `loopdesk.db` of a closed folder; the desk's key stays at home. */
describe.each(readdirSync(released).filter((name) => name.endsWith('.db')))('the released database %s', (name) => {
  it('opens, keeps every event, is backed up first, and gets the rows of today', async () => {
    const folder = join(newFolder(), 'data')
    mkdirSync(folder)
    copyFileSync(join(released, name), join(folder, 'loopdesk.db'))
    const old = new Database(join(released, name), { readonly: true })
    const before = { events: countOf(old, 'event'), parts: countOf(old, 'event_part') }
    const schema = old.pragma('user_version', { simple: true }) as number
    old.close()

    const app = createApp({ data: folder })
    await app.maintenance.whenRebuilt()
    expect(schemaOf(app.db)).toBe(latestSchema())
    expect(one<{ n: number }>(app.db, 'SELECT count(*) AS n FROM event_part')?.n).toBe(before.parts)
    expect(one<{ n: number }>(app.db, 'SELECT count(*) AS n FROM event')?.n).toBeGreaterThanOrEqual(before.events)
    const rows = dumpProjections(app)
    expect(rows['work_order']?.length).toBeGreaterThan(0)
    expect(rebuilt(app)).toEqual(rows)
    app.close()
    expect(verifyFolder(folder)).toMatchObject({ ok: true, firstBad: null })
    expect(doctorFolder(folder).findings.filter((finding) => finding.level === 'bad')).toEqual([])

    const [copy] = readdirSync(join(folder, 'backups'))
    if (schema === latestSchema()) return expect(copy).toBeUndefined()
    // The copy from before can be gone back to.
    const target = join(newFolder(), 'restored')
    await restoreFolder(join(folder, 'backups', copy as string), target)
    expect(existsSync(join(target, 'loopdesk.db'))).toBe(true)
    expect(verifyFolder(target).ok).toBe(true)
  })
})

describe('migrations', () => {
  it('are numbered without a gap', () => {
    const numbers = readdirSync(migrations).map((name) => Number.parseInt(name, 10)).sort((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  it('are there whole or not at all', () => {
    const raw = new Database(':memory:')
    const db = { raw, readable: true, writable: true } as const
    migrate(db, 1)
    // In the way of one of the tables of the second migration.
    raw.exec(`CREATE TABLE ${lastTableOf('002')} (x)`)
    expect(() => migrate(db)).toThrow('already exists')
    expect(schemaOf(db)).toBe(1)
    const names = raw.prepare("SELECT name FROM sqlite_schema WHERE name = 'work_order'").all()
    expect(names).toEqual([])
    raw.close()
  })
})

function lastTableOf(number: string): string {
  const file = readdirSync(migrations).find((name) => name.startsWith(number)) as string
  const tables = readFileSync(join(migrations, file), 'utf8').matchAll(/CREATE TABLE (\w+)/g)
  return [...tables].at(-1)?.[1] as string
}
