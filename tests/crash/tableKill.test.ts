import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { createApp } from '#core/app.ts'
import { importsOf } from '#core/features/tableImport/imports.ts'
import { verifyFolder } from '#core/maintenance/folder.ts'
import { newFolder, removeFolders } from '../support/folders.ts'
import { loopdesk } from '../support/cli.ts'

const ROWS = 1500
const cli = fileURLToPath(new URL('../../core/cli/main.ts', import.meta.url))
const table = (rows: number): string => ['客户名称,电话', ...Array.from({ length: rows }, (_, row) => `客户 ${row},138${String(row).padStart(8, '0')}`)].join('\n')

/** Customers that another process has made durable. */
function countOf(data: string): number {
  const path = join(data, 'loopdesk.db')
  if (!existsSync(path)) return 0
  const db = new Database(path, { readonly: true })
  try {
    return db.prepare<[], number>('SELECT count(*) FROM customer').pluck().get() ?? 0
  } catch {
    // Not yet a database.
    return 0
  } finally {
    db.close()
  }
}

describe('kill -9 in the middle of a table', () => {
  afterAll(removeFolders)

  it('the next run takes in what is missing, and nothing twice', { timeout: 120_000 }, async () => {
    const folder = newFolder()
    const [data, file] = [join(folder, 'desk'), join(folder, 'customers.csv')]
    writeFileSync(file, table(ROWS))
    const between: number[] = []
    for (let kill = 0; kill < 2; kill++) {
      const child = spawn(process.execPath, [cli, 'import-table', file, '--kind', 'customers', '--data', data, '--json'], { stdio: 'ignore' })
      const ended = once(child, 'close')
      const before = countOf(data)
      while (child.exitCode === null && countOf(data) <= before) await wait(4)
      child.kill('SIGKILL')
      await ended
      between.push(countOf(data))
    }
    expect(between[0]).toBeLessThan(ROWS)
    const rest = await loopdesk('import-table', file, '--kind', 'customers', '--data', data)
    expect(rest.json).toMatchObject({ ok: true, rows: ROWS, create: ROWS - (between[1] ?? 0), skip: between[1], error: 0 })
    expect(countOf(data)).toBe(ROWS)
    expect((await loopdesk('import-table', file, '--kind', 'customers', '--data', data)).json).toMatchObject({ create: 0, skip: ROWS })
    expect(verifyFolder(data)).toMatchObject({ ok: true })
  })

  it('an import of a running service goes on where it stood', { timeout: 60_000 }, async () => {
    const folder = newFolder()
    const [data, file] = [join(folder, 'desk'), join(folder, 'customers.csv')]
    writeFileSync(file, table(400))
    let app = createApp({ data })
    let imports = importsOf(app)
    const begun = await imports.begin({ kind: 'customers', file: 'customers.csv', by: 'admin' }, (to) => copyFile(file, to))
    const id = begun.ok ? begun.value.id : ''
    const settled = async () => {
      await imports.settled(id)
      const found = imports.find(id)
      if (!found) throw new Error('gone')
      return found
    }
    const read = await settled()
    imports.check(read, read.columns, read.options)
    imports.apply(await settled())
    // The folder is closed under the import, as a program that ends does.
    while (countOf(data) === 0) await wait(2)
    app.close()
    const before = countOf(data)
    app = createApp({ data })
    imports = importsOf(app)
    const left = await settled()
    expect(left).toMatchObject({ state: 'stopped', done: before, counts: { create: before } })
    imports.apply(left)
    expect(await settled()).toMatchObject({ state: 'done', counts: { create: 400, skip: 0, error: 0 } })
    expect(countOf(data)).toBe(400)
    app.close()
  })
})
