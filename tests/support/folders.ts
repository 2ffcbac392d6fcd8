import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { MONDAY, openLogDesk as openDesk } from './logDesk.ts'
import { orderEvent, registered } from './orders.ts'

const made: string[] = []

/** A place of the test's own; `removeFolders` takes all away. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'loopdesk-test-'))
  made.push(folder)
  return folder
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
}

export function copyFolder(from: string): string {
  const to = newFolder()
  cpSync(from, to, { recursive: true })
  return to
}

/** A closed data folder with two chains, personal and money parts, some of them erased by law. */
export function filledFolder(): string {
  const here = openDesk()
  const there = openDesk(MONDAY + 500)
  for (const [desk, name] of [[here, 'h'], [there, 't']] as const) {
    for (let i = 0; i < 12; i++) {
      desk.now += 60_000
      desk.append([
        registered(`${name}${i}`, { at: desk.now }),
        {
          subject: { kind: 'customer', id: `${name}${i}` },
          type: 'customerAdded',
          version: 1,
          data: {},
          personal: { of: `customer:${name}${i}`, data: { name: `李 ${i}`, phone: '13800000000' } },
        },
        { ...orderEvent(`${name}${i}`, 'noteAdded', { text: `第 ${i} 条` } as never), money: { fen: 100 + i } },
      ])
    }
  }
  const raw = here.app.db.raw
  here.append([{ subject: { kind: 'customer', id: 'h3' }, type: 'personErased', version: 1, data: { reason: 'asked for' } }])
  raw.prepare("DELETE FROM event_part WHERE person = 'customer:h3'").run()
  for (let i = 0; i < 5; i++) here.append([orderEvent('h1', 'noteAdded', { text: `尾 ${i}` } as never)])
  here.app.pipeline.receive(there.wires(there.app.desk.origin))
  const { folder } = here.app
  here.app.close()
  const kept = copyFolder(folder)
  there.close()
  rmSync(folder, { recursive: true })
  return kept
}

/** What somebody with an SQLite tool does: takes the triggers away, changes, and puts them back. */
export function tamper(folder: string, change: (raw: Database.Database) => void): void {
  const raw = new Database(join(folder, 'loopdesk.db'))
  const triggers = raw.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string; sql: string }[]
  for (const { name } of triggers) raw.exec(`DROP TRIGGER ${name}`)
  change(raw)
  for (const { sql } of triggers) raw.exec(sql)
  raw.close()
}
