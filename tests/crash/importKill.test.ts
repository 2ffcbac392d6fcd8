import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '#core/app.ts'
import { importHistory } from '#core/features/import/importHistory.ts'
import { verifyFolder } from '#core/maintenance/folder.ts'
import { all, type ReadableDb } from '#core/store/sql.ts'
import { HEADER, ImportDesk, mappingOf, rowOf } from '../support/importDesk.ts'

const KILLS = 3
const ORDERS = 3000
const cli = fileURLToPath(new URL('../../core/cli/main.ts', import.meta.url))

/** Three rows an order, those of two orders always mixed. */
function longHistory(): string {
  const rows = [HEADER]
  for (let order = 0; order < ORDERS; order += 2) {
    for (const [hour, state] of ['新建', '处理中', '关闭'].entries()) {
      for (const number of [order, order + 1]) rows.push(rowOf(`A-${number}`, `2026-03-01 1${hour}:30`, state, { fault: `故障 ${number % 7}` }))
    }
  }
  return rows.join('\n')
}

const idsOf = (db: ReadableDb): string[] =>
  all<{ id: string }>(db, "SELECT id FROM event WHERE subject NOT LIKE 'desk:%' ORDER BY id").map(({ id }) => id)

describe('kill -9 in the middle of an import', () => {
  let straight: ImportDesk
  beforeEach(() => (straight = new ImportDesk()))
  afterEach(() => straight.close())

  it(`${KILLS} times: the next run goes on, and at the end it is as if nothing had happened`, { timeout: 180_000 }, async () => {
    const file = straight.write(longHistory(), 'long.csv')
    const mapping = straight.write(JSON.stringify(mappingOf()), 'suzhou.json')
    const data = join(straight.folder, 'killed')
    const between: number[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(process.execPath, [cli, 'import', file, '--mapping', mapping, '--data', data, '--json'], { stdio: 'ignore' })
      const ended = once(child, 'close')
      const before = countOf(data)
      // Somewhere after the first transaction of this run.
      while (child.exitCode === null && countOf(data) <= before) await wait(5)
      await wait(20 * kill)
      child.kill('SIGKILL')
      await ended
      between.push(countOf(data))
    }
    const app = createApp({ data })
    const rest = await importHistory(app, { file, mapping: mappingOf() })
    expect(rest).toMatchObject({ ok: true, value: { rows: ORDERS * 3, orders: ORDERS, closed: ORDERS, rejected: 0 } })
    expect(between[0]).toBeLessThan(ORDERS * 4)
    const expected = await straight.imported('', { file, batch: 2000 })
    expect(expected.events).toBe(ORDERS * 4 + 1)
    expect(idsOf(app.db)).toEqual(idsOf(straight.app.db))
    expect(await importHistory(app, { file, mapping: mappingOf() })).toMatchObject({ value: { events: 0 } })
    app.close()
    expect(verifyFolder(data)).toMatchObject({ ok: true })
  })
})

/** Rows of the history that another process has made durable. */
function countOf(data: string): number {
  const path = join(data, 'loopdesk.db')
  if (!existsSync(path)) return 0
  const db = new Database(path, { readonly: true })
  try {
    return db.prepare<[], number>("SELECT count(*) FROM event WHERE type = 'historyRecorded'").pluck().get() ?? 0
  } catch {
    // Not yet a database.
    return 0
  } finally {
    db.close()
  }
}
