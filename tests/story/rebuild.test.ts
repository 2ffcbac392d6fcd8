import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { createApp } from '#core/app.ts'
import { doctorFolder } from '#core/maintenance/doctor.ts'
import { rebuildFolder } from '#core/maintenance/folder.ts'
import { readSetting, writeSetting } from '#core/store/settings.ts'
import { filledFolder, newFolder, removeFolders } from '../support/folders.ts'
import { openLogDesk } from '../support/logDesk.ts'
import { orderEvent, registered } from '../support/orders.ts'
import { dumpProjections } from '../support/projections.ts'

afterEach(removeFolders)

describe('rebuild', () => {
  it('gives the same rows, and takes commands while it runs', async () => {
    const desk = openLogDesk()
    const { db, subjects, maintenance } = desk.app
    for (let i = 0; i < 60; i++) desk.append([registered(`o${i}`, { at: desk.now, limitMs: 1000 * i })])
    const done = maintenance.rebuild()
    expect(subjects.isRebuilding).toBe(true)
    db.raw.transaction(() => subjects.rebuildSlice(0))()
    // One before the sweep, two beyond it, one of them twice, and a new one.
    for (const order of ['o0', 'o59', 'o30', 'o30']) desk.append([orderEvent(order, 'noteAdded', { text: '重建中' } as never)])
    desk.append([registered('zzz', { at: desk.now })])
    await done
    expect(subjects.isRebuilding).toBe(false)
    const swept = dumpProjections(desk.app)
    db.raw.transaction(() => subjects.rebuild())()
    expect(dumpProjections(desk.app)).toEqual(swept)
    desk.close()
  })

  it('is gone on with after a kill in the middle, and after the command line', () => {
    const folder = filledFolder()
    const app = createApp({ data: folder })
    const before = dumpProjections(app)
    app.db.raw.transaction(() => app.subjects.beginRebuild())()
    for (let slice = 0; slice < 3; slice++) app.db.raw.transaction(() => app.subjects.rebuildSlice(0))()
    expect(dumpProjections(app)).not.toEqual(before)
    app.close()
    expect(doctorFolder(folder).findings.map((finding) => finding.code)).toContain('rebuildPending')
    expect(rebuildFolder(folder).events).toBeGreaterThan(70)
    const again = createApp({ data: folder })
    expect(again.subjects.isRebuilding).toBe(false)
    expect(dumpProjections(again)).toEqual(before)
    again.close()
  })

  it('starts by itself when a projector changed since the folder was last open', async () => {
    const folder = filledFolder()
    const app = createApp({ data: folder })
    const before = dumpProjections(app)
    const versions = readSetting<Record<string, string>>(app.db, 'projectors') ?? {}
    const [name] = Object.keys(versions).filter((candidate) => candidate.startsWith('workOrder')) as [string]
    writeSetting(app.db, 'projectors', { ...versions, [name]: '0.0' })
    app.close()
    const again = createApp({ data: folder })
    expect(again.subjects.isRebuilding).toBe(true)
    await again.maintenance.whenRebuilt()
    expect(dumpProjections(again)).toEqual(before)
    expect(readSetting(again.db, 'projectors')).toEqual(versions)
    again.close()
  })
})

describe('doctor', () => {
  const codes = (folder: string, clock = Date.now) => doctorFolder(folder, { clock }).findings.map(({ code, level }) => `${level} ${code}`)

  it('finds a healthy folder healthy but for the backup', () => {
    expect(codes(filledFolder())).toEqual(['warning backupOld'])
  })

  it('tells of a clock set back, lost and unnamed files, wrong rows, foreign keys', async () => {
    const folder = filledFolder()
    const app = createApp({ data: folder })
    await app.blobs.put(Readable.from([Buffer.from('nobody names me')]), 100)
    app.db.raw.prepare("UPDATE work_order SET number = 'X-1'").run()
    app.db.raw.prepare("UPDATE head_signature SET signature = zeroblob(64)").run()
    app.close()
    const found = codes(folder, () => Date.UTC(2020, 0, 1))
    expect(found).toEqual(
      expect.arrayContaining(['warning clockBehind', 'warning blobsOrphaned', 'bad signatureInvalid', 'bad projectionWrong']),
    )
    expect(doctorFolder(folder).ok).toBe(false)
  })

  it('never opens damage for writing', () => {
    const folder = filledFolder()
    const file = join(folder, 'loopdesk.db')
    const bytes = readFileSync(file)
    bytes.fill(0x41, 4096, 4096 * 6)
    writeFileSync(file, bytes)
    expect(codes(folder)).toEqual(['bad databaseDamaged'])
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it('runs in a service', async () => {
    const app = createApp({ data: newFolder() })
    expect((await app.maintenance.doctor()).findings.filter((finding) => finding.level === 'bad')).toEqual([])
    expect(await app.maintenance.verify()).toMatchObject({ ok: true })
    app.close()
  })
})
