import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import Database from 'better-sqlite3'
import { create, list } from 'tar'
import { afterEach, describe, expect, it } from 'vitest'
import { createApp } from '#core/app.ts'
import { DataFolderError } from '#core/store/errors.ts'
import { backupFolder, restoreFolder, verifyFolder } from '#core/maintenance/folder.ts'
import { expired } from '#core/store/retention.ts'
import { readSetting, writeSetting } from '#core/store/settings.ts'
import { one } from '#core/store/sql.ts'
import { copyFolder, filledFolder, newFolder, removeFolders, tamper } from '../support/folders.ts'
import { dumpProjections } from '../support/projections.ts'

afterEach(removeFolders)

const DAY = 86_400_000
const refusalOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof DataFolderError ? error.code : Promise.reject(error as Error)),
  )

describe('backup and restore', () => {
  it('is rehearsed: a folder restored beside a running service has the same rows, files and log, under a new origin', async () => {
    const app = createApp({ data: filledFolder() })
    const blob = await app.blobs.put(Readable.from([Buffer.from('现场照片')]), 1000)
    if (!blob.ok) throw new Error(blob.refusal.code)
    const out = join(newFolder(), 'copy.tar.gz')
    const result = await app.maintenance.backup(out)
    expect(result).toMatchObject({ file: out, blobs: 1 })
    const entries: string[] = []
    await list({ file: out, onReadEntry: (entry) => entries.push(entry.path) })
    expect(entries.slice(0, 2)).toEqual(['manifest.json', 'loopdesk.db'])
    expect(entries.filter((entry) => /key|endpoint|lock|holder/.test(entry))).toEqual([])

    const folder = join(newFolder(), 'restored')
    const restored = await restoreFolder(out, folder)
    expect(restored).toMatchObject({ folder, aside: null, events: result.events })
    expect(restored.origin).toMatch(/^A2-/)
    const again = createApp({ data: folder })
    expect(dumpProjections(again)).toEqual(dumpProjections(app))
    expect(again.blobs.has(blob.value.hash)).toBe(true)
    const from = one<{ text: string }>(again.db, "SELECT text FROM event WHERE type = 'restoredFrom'")?.text ?? '{}'
    expect((JSON.parse(from) as { data: object }).data).toEqual({
      origin: app.desk.origin,
      seq: app.log.head.seq,
      hash: app.log.head.hash.toString('base64url'),
    })
    expect(again.desk.origin).toBe(restored.origin)
    again.close()
    app.close()
    expect(verifyFolder(folder)).toMatchObject({ ok: true, chains: 3 })
    // Both go on, and neither can be taken for the other.
    expect(readdirSync(dirname(folder))).toEqual(['restored'])
  })

  it('refuses a folder that is not empty, unless the old one is put aside', async () => {
    const source = filledFolder()
    const out = join(newFolder(), 'copy.tar.gz')
    await backupFolder(source, out)
    const target = join(newFolder(), 'data')
    mkdirSync(target)
    writeFileSync(join(target, 'notes.txt'), 'mine')
    expect(await refusalOf(restoreFolder(out, target))).toBe('folderNotEmpty')
    expect(readdirSync(target)).toEqual(['notes.txt'])
    const { aside } = await restoreFolder(out, target, { aside: true })
    expect(readFileSync(join(aside ?? '', 'notes.txt'), 'utf8')).toBe('mine')
    expect(existsSync(join(target, 'loopdesk.db'))).toBe(true)
    const running = createApp({ data: target })
    expect(await refusalOf(restoreFolder(out, target, { aside: true }))).toBe('folderLocked')
    running.close()
  })

  it('brings nothing back from a backup that is cut, changed or newer', async () => {
    const source = filledFolder()
    const out = join(newFolder(), 'copy.tar.gz')
    await backupFolder(source, out)
    const target = join(newFolder(), 'data')
    const tried = (file: string) => refusalOf(restoreFolder(file, target))

    const cut = join(newFolder(), 'cut.tar.gz')
    writeFileSync(cut, readFileSync(out).subarray(0, 3000))
    expect(await tried(cut)).toBe('backupDamaged')
    expect(await tried(join(newFolder(), 'none'))).toBe('backupDamaged')

    // An event was changed and all checksums made to fit: the chain tells.
    const forged = copyFolder(source)
    tamper(forged, (raw) => raw.prepare('UPDATE event SET at = at + 1 WHERE seq = 5').run())
    const dishonest = join(newFolder(), 'forged.tar.gz')
    await backupFolder(forged, dishonest)
    expect(await tried(dishonest)).toBe('backupDamaged')

    const newer = copyFolder(source)
    const raw = new Database(join(newer, 'loopdesk.db'))
    raw.pragma('user_version = 999')
    raw.close()
    const future = join(newFolder(), 'newer.tar.gz')
    await backupFolder(newer, future)
    expect(await tried(future)).toBe('backupNewer')

    const hostile = newFolder()
    writeFileSync(join(hostile, 'manifest.json'), JSON.stringify({ format: 1, heads: [], files: [{ path: '../evil', size: 1, sha256: 'x' }] }))
    await create({ file: join(hostile, 'h.tar.gz'), gzip: true, cwd: hostile }, ['manifest.json'])
    expect(await tried(join(hostile, 'h.tar.gz'))).toBe('backupDamaged')
    expect(existsSync(target)).toBe(false)
    expect(readdirSync(dirname(target))).toEqual([])
  })

  it('keeps the newest of seven days, four weeks and twelve months', () => {
    const start = Date.UTC(2026, 0, 1, 3)
    let kept: number[] = []
    for (let day = 0; day < 500; day++) {
      kept.push(start + day * DAY)
      const gone = new Set(expired(kept, { daily: 7, weekly: 4, monthly: 12 }))
      kept = kept.filter((at) => !gone.has(at))
    }
    const ages = kept.map((at) => Math.round((start + 499 * DAY - at) / DAY)).sort((a, b) => a - b)
    expect(ages.slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(ages.length).toBeLessThanOrEqual(7 + 4 + 12)
    expect(ages.at(-1)).toBeGreaterThan(300)
    expect(new Set(kept.map((at) => new Date(at).toISOString().slice(0, 7))).size).toBe(12)
  })

  it('is made once a day, anchors the heads, and a failing one stays a visible warning', async () => {
    let now = Date.UTC(2026, 2, 2)
    const warnings: string[] = []
    const app = createApp({ data: newFolder(), clock: () => now, warn: (message) => warnings.push(message) })
    const place = join(app.folder, 'backups')
    await app.maintenance.backupIfDue()
    await app.maintenance.backupIfDue()
    expect(readdirSync(place)).toHaveLength(1)
    expect(readdirSync(join(app.folder, 'anchors'))).toHaveLength(1)
    now += DAY
    const blocked = join(newFolder(), 'a-file')
    appendFileSync(blocked, '')
    writeSetting(app.db, 'backup', { folder: join(blocked, 'no') })
    await app.maintenance.backupIfDue()
    expect(warnings).toHaveLength(1)
    const codes = async () => (await app.maintenance.doctor()).findings.map((finding) => finding.code)
    expect(await codes()).toContain('backupFailed')
    writeSetting(app.db, 'backup', { keep: { daily: 2, weekly: 1, monthly: 1 } })
    for (let day = 0; day < 5; day++) {
      await app.maintenance.backupIfDue()
      now += DAY
    }
    expect(readdirSync(place).filter((name) => name.endsWith('.tar.gz')).length).toBeLessThanOrEqual(4)
    expect(readSetting(app.db, 'backupState')).toMatchObject({ failure: null })
    expect(await codes()).not.toContain('backupFailed')
    app.close()
    rmSync(app.folder, { recursive: true })
  })
})
