import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { createApp } from '#core/app.ts'
import { doctorFolder } from '#core/maintenance/doctor.ts'
import { backupFolder, verifyFolder } from '#core/maintenance/folder.ts'
import { liveEndpoint } from '#core/store/attach.ts'
import { BlobStore, listBlobs } from '#core/store/blobs.ts'
import { removeEndpoint, writeEndpoint } from '#core/store/endpoint.ts'
import { DataFolderError } from '#core/store/errors.ts'
import { latestSchema } from '#core/store/migrate.ts'
import { isUncPath, networkFileSystem } from '#core/store/network.ts'
import { openFolder } from '#core/store/open.ts'
import { one } from '#core/store/sql.ts'
import { copyFolder, filledFolder, newFolder, removeFolders } from '../support/folders.ts'
import { MONDAY, openLogDesk } from '../support/logDesk.ts'
import { makeReadOnly, NO_MOUNT, smallDisk, unmountDisks } from '../support/mounts.ts'
import { orderEvent, registered } from '../support/orders.ts'

afterEach(() => {
  unmountDisks()
  removeFolders()
})

function codeOf(open: () => unknown): DataFolderError {
  try {
    open()
  } catch (error) {
    if (error instanceof DataFolderError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

function rootPage(folder: string, name: string): number {
  const raw = new Database(join(folder, 'loopdesk.db'), { readonly: true })
  const page = raw.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name) as number
  raw.close()
  return page
}

describe('a clean stop', () => {
  const anchorsOf = (folder: string): string[] => readdirSync(join(folder, 'anchors'))
  /** Opens, works and stops on each day; the signature alone is work of a day. */
  const stopOn = (folder: string, at: number, isBusy = true): void => {
    const desk = openLogDesk(at, folder)
    if (isBusy) desk.append([registered(`o${at}`, { at })])
    desk.app.close()
  }

  it('leaves one anchor a day, the last, and none where nothing happened', () => {
    const folder = newFolder()
    const day = 86_400_000
    stopOn(folder, MONDAY)
    expect(anchorsOf(folder)).toEqual(['stop-20260302T010000Z.json'])
    stopOn(folder, MONDAY, false)
    stopOn(folder, MONDAY + 2 * day, false)
    expect(anchorsOf(folder)).toEqual(['stop-20260302T010000Z.json'])
    stopOn(folder, MONDAY)
    expect(anchorsOf(folder)).toEqual(['stop-20260302T010000Z-2.json'])
    stopOn(folder, MONDAY + day)
    expect(anchorsOf(folder).sort()).toEqual(['stop-20260302T010000Z-2.json', 'stop-20260303T010000Z.json'])
    expect(verifyFolder(folder)).toMatchObject({ ok: true, bad: [] })
  })

  it('keeps anchors of 400 days', () => {
    const folder = newFolder()
    stopOn(folder, MONDAY)
    const [first] = anchorsOf(folder)
    const text = readFileSync(join(folder, 'anchors', first as string))
    for (let n = 0; n < 420; n++) {
      writeFileSync(join(folder, 'anchors', `stop-2024${String(n).padStart(4, '0')}T000000Z.json`), text)
    }
    stopOn(folder, MONDAY + 86_400_000)
    const names = anchorsOf(folder).sort()
    expect(names).toHaveLength(400)
    expect(names.at(-1)).toBe('stop-20260303T010000Z.json')
  })
})

describe('one writer per data folder', () => {
  it('tells the second one who holds it, and lets it in afterwards', () => {
    const folder = newFolder()
    const first = openFolder(folder, 'serve')
    expect(codeOf(() => openFolder(folder))).toMatchObject({
      code: 'folderLocked',
      params: { pid: process.pid, program: 'serve' },
    })
    first.close()
    openFolder(folder).close()
  })

  it('is given back by the system when the holder is killed, its endpoint file then stale', async () => {
    const folder = newFolder()
    const open = new URL('../../core/store/open.ts', import.meta.url)
    const script = `import(${JSON.stringify(open.href)}).then((m) => { globalThis.held = m.openFolder(process.argv[1]); console.log('held'); setInterval(() => {}, 1000) })`
    const holder = spawn(process.execPath, ['-e', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      await once(holder.stdout, 'data')
      writeEndpoint(folder, { pid: holder.pid ?? 0, url: 'http://127.0.0.1:1', token: 't', startedAt: 1 })
      expect(statSync(join(folder, 'endpoint.json')).mode & 0o777).toBe(0o600)
      expect(liveEndpoint(folder)?.url).toBe('http://127.0.0.1:1')
      expect(codeOf(() => openFolder(folder)).params).toMatchObject({ pid: holder.pid, url: 'http://127.0.0.1:1' })
    } finally {
      holder.kill('SIGKILL')
      await once(holder, 'exit')
    }
    expect(liveEndpoint(folder)).toBeNull()
    openFolder(folder).close()
    removeEndpoint(folder)
    expect(liveEndpoint(folder)).toBeNull()
  })

  it('knows network disks by their type and their paths', () => {
    const mounts = 'tmpfs / ext4 rw\nhost:/x /mnt/far fuse.sshfs rw\n/dev/sdb1 /mnt/near\\040disk fuse.ntfs-3g rw\n'
    expect(networkFileSystem('/home', 0x6969, '')).toBe('nfs')
    expect(networkFileSystem('/home', 0xff534d42 | 0, '')).toBe('cifs')
    expect(networkFileSystem('/home', 0xef53, '')).toBeNull()
    expect(networkFileSystem('/mnt/far/data', 0x65735546, mounts)).toBe('fuse.sshfs')
    expect(networkFileSystem('/mnt/near disk/data', 0x65735546, mounts)).toBeNull()
    expect(['\\\\server\\share\\x', '//server/share/x', '\\\\?\\UNC\\server\\share'].every(isUncPath)).toBe(true)
    expect(['C:\\data', '\\\\?\\C:\\data', '/var/lib'].some(isUncPath)).toBe(false)
  })
})

describe('a data folder that cannot be used', () => {
  it('is not opened when a newer program wrote it, and stays as it is', () => {
    const folder = filledFolder()
    const raw = new Database(join(folder, 'loopdesk.db'))
    raw.pragma(`user_version = ${latestSchema() + 1}`)
    raw.close()
    const before = readFileSync(join(folder, 'loopdesk.db'))
    expect(codeOf(() => createApp({ data: folder }))).toMatchObject({ code: 'folderNewer', params: { found: latestSchema() + 1 } })
    expect(codeOf(() => verifyFolder(folder)).code).toBe('folderNewer')
    expect(codeOf(() => doctorFolder(folder)).code).toBe('folderNewer')
    expect(readFileSync(join(folder, 'loopdesk.db')).equals(before)).toBe(true)
  })

  it('is not opened for writing when it is damaged, and the newest backup is named', async () => {
    const folder = filledFolder()
    const app = createApp({ data: folder })
    const { file } = await app.maintenance.backup(join(folder, 'backups', 'loopdesk-A-x-20260302T010000Z.tar.gz'))
    app.close()
    const whole = readFileSync(join(folder, 'loopdesk.db'))
    for (const damage of [
      (bytes: Buffer) => bytes.fill(0x41, 0, 100),
      (bytes: Buffer) => bytes.fill(0x41, 100, 4096),
      (bytes: Buffer) => bytes.subarray(0, 4096 * 3),
    ]) {
      const broken = damage(Buffer.from(whole))
      writeFileSync(join(folder, 'loopdesk.db'), broken)
      expect(codeOf(() => createApp({ data: folder }))).toMatchObject({ code: 'folderDamaged', params: { backup: file } })
      expect(readFileSync(join(folder, 'loopdesk.db')).equals(broken)).toBe(true)
    }
  })

  it('is told of damage in the middle of its tables, by every verb and with the newest backup', async () => {
    const folder = filledFolder()
    const app = createApp({ data: folder })
    const { file } = await app.maintenance.backup(join(folder, 'backups', 'loopdesk-A-x-20260302T010000Z.tar.gz'))
    app.close()
    const whole = readFileSync(join(folder, 'loopdesk.db'))
    for (const table of ['event', 'event_part', 'setting', 'event_by_subject']) {
      const page = rootPage(folder, table)
      const broken = Buffer.from(whole)
      broken.fill(0x41, (page - 1) * 4096, page * 4096)
      writeFileSync(join(folder, 'loopdesk.db'), broken)
      const told = { code: 'folderDamaged', params: { backup: file } }
      if (table !== 'setting' && table !== 'event_by_subject') {
        expect(codeOf(() => verifyFolder(folder)), table).toMatchObject(told)
      }
      if (table !== 'event_part') expect(codeOf(() => createApp({ data: folder })), table).toMatchObject(told)
      expect(doctorFolder(folder).ok, table).toBe(false)
      writeFileSync(join(folder, 'loopdesk.db'), whole)
    }
    expect(verifyFolder(folder)).toMatchObject({ ok: true })
  })

  it('is not begun anew where its database was emptied or lost: the key stays', () => {
    const folder = filledFolder()
    const key = readFileSync(join(folder, 'desk.key'))
    for (const lose of [() => writeFileSync(join(folder, 'loopdesk.db'), ''), () => rmSync(join(folder, 'loopdesk.db'))]) {
      lose()
      for (const rest of ['loopdesk.db-wal', 'loopdesk.db-shm']) rmSync(join(folder, rest), { force: true })
      expect(codeOf(() => createApp({ data: folder })).code).toBe('folderDamaged')
      expect(codeOf(() => verifyFolder(folder)).code).toBe('folderDamaged')
      expect(readFileSync(join(folder, 'desk.key')).equals(key)).toBe(true)
    }
  })

  it('is not made, read or backed up when the disk is read-only, and that is said', async (context) => {
    const disk = smallDisk(8_000_000)
    if (disk === null) return context.skip(NO_MOUNT)
    createApp({ data: join(disk, 'data') }).close()
    makeReadOnly(disk)
    expect(codeOf(() => createApp({ data: join(disk, 'data') })).code).toBe('folderReadOnly')
    expect(codeOf(() => createApp({ data: join(disk, 'other') })).code).toBe('folderReadOnly')
    expect(codeOf(() => verifyFolder(join(disk, 'data'))).code).toBe('folderReadOnly')
    const out = join(newFolder(), 'backup.tar.gz')
    await expect(backupFolder(join(disk, 'data'), out)).rejects.toMatchObject({ code: 'folderReadOnly' })
    expect(existsSync(out)).toBe(false)
  })

  it('refuses commands on a full disk whole, goes on answering, and takes commands again when there is room', (context) => {
    const disk = smallDisk(6_000_000)
    if (disk === null) return context.skip(NO_MOUNT)
    const desk = openLogDesk(undefined, join(disk, 'data'))
    desk.append([registered('one', { at: desk.now })])
    // One free piece stays too small for the next transaction.
    const filler = join(disk, 'filler')
    writeFileSync(filler, '')
    for (let size = 1 << 22; size >= 1024; size >>= 1) {
      try {
        for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: 'a' })
      } catch {
        // Smaller pieces still fit.
      }
    }
    const before = one<{ n: number }>(desk.app.db, 'SELECT count(*) AS n FROM event')
    const note = (id: string) => desk.append([orderEvent('one', 'noteAdded', { text: 'x'.repeat(9000) } as never)], { id })
    expect(() => {
      for (let i = 0; i < 2000; i++) note(`full-${i}`)
    }).toThrow('diskFull')
    expect(() => note('still-full')).toThrow('diskFull')
    expect(desk.has('still-full')).toBe(false)
    const kept = one<{ n: number }>(desk.app.db, 'SELECT count(*) AS n FROM event')?.n ?? 0
    expect(kept).toBeGreaterThanOrEqual(before?.n ?? 1)
    writeFileSync(filler, '')
    note('room-again')
    expect(desk.has('room-again')).toBe(true)
    desk.app.close()
    expect(verifyFolder(join(disk, 'data'))).toMatchObject({ ok: true })
  })

  it('writes nothing more once damage was seen', () => {
    const desk = openLogDesk()
    for (let i = 0; i < 40; i++) desk.append([registered(`w${i}`, { at: desk.now })])
    desk.app.db.raw.pragma('wal_checkpoint(TRUNCATE)')
    const page = one<{ page: number }>(desk.app.db, "SELECT rootpage AS page FROM sqlite_schema WHERE name = 'command_answer'")?.page ?? 0
    // By another process: closing the file in this one would drop the locks that SQLite has on it.
    const script = `const fs = require('fs'); const f = fs.openSync(process.argv[1], 'r+'); fs.writeSync(f, Buffer.alloc(4096, 0x41), 0, 4096, ${(page - 1) * 4096})`
    execFileSync(process.execPath, ['-e', script, join(desk.app.folder, 'loopdesk.db')])
    desk.app.db.raw.pragma('shrink_memory')
    expect(() => desk.append([registered('never', { at: desk.now })])).toThrow('folderDamaged')
    expect(desk.app.db.raw.pragma('query_only', { simple: true })).toBe(1)
    expect(() => desk.append([registered('never', { at: desk.now })])).toThrow('folderDamaged')
    desk.close()
  })
})

describe('the desk', () => {
  it('has a key outside the database, names it in its chain, and signs its heads', () => {
    const folder = newFolder()
    const app = createApp({ data: folder })
    expect(app.desk.origin).toMatch(/^A-[\w-]{8}$/)
    expect(statSync(join(folder, 'desk.key')).mode & 0o777).toBe(0o600)
    expect(app.subjects.load({ kind: 'desk', id: app.desk.origin }).state).toMatchObject({ code: 'A', keys: [{ from: 1 }] })
    app.close()
    const again = createApp({ data: folder })
    expect(again.desk.origin).toBe(app.desk.origin)
    again.close()
    const result = verifyFolder(folder)
    expect(result.ok).toBe(true)
    expect(result.protectedUpTo[0]?.signed).toBe(result.events)
  })

  it('changes its key, the old one vouching for the new one, whenever it is killed', () => {
    const folder = newFolder()
    const app = createApp({ data: folder })
    const oldKey = readFileSync(join(folder, 'desk.key'))
    app.desk.rotateKey()
    app.close()
    const newKey = readFileSync(join(folder, 'desk.key'))
    expect(newKey.equals(oldKey)).toBe(false)
    expect(verifyFolder(folder)).toMatchObject({ ok: true })
    // As if killed between the event and the rename.
    writeFileSync(join(folder, 'desk.key.next'), newKey)
    writeFileSync(join(folder, 'desk.key'), oldKey)
    const again = createApp({ data: folder })
    expect(again.desk.origin).toBe(app.desk.origin)
    again.close()
    expect(readFileSync(join(folder, 'desk.key')).equals(newKey)).toBe(true)
    expect(existsSync(join(folder, 'desk.key.next'))).toBe(false)
    expect(verifyFolder(folder)).toMatchObject({ ok: true })
  })

  it('goes on as a new origin in a folder that came without its key', () => {
    const folder = filledFolder()
    const copy = copyFolder(folder)
    writeFileSync(join(copy, 'desk.key'), 'lost')
    const app = createApp({ data: copy })
    expect(app.desk.origin).toMatch(/^A2-/)
    app.close()
    expect(verifyFolder(copy)).toMatchObject({ ok: true, chains: 3 })
  })
})

describe('blobs', () => {
  it('are named by their content, stored once, and read back', async () => {
    const folder = newFolder()
    const blobs = new BlobStore(folder)
    const content = Buffer.from('铭牌照片'.repeat(10_000))
    const put = () => blobs.put(Readable.from([content.subarray(0, 1000), content.subarray(1000)]), 1_000_000)
    const first = await put()
    expect(await put()).toEqual(first)
    if (!first.ok) throw new Error(first.refusal.code)
    expect(first.value.size).toBe(content.length)
    expect([...listBlobs(folder)]).toEqual([first.value.hash])
    const chunks: Buffer[] = []
    for await (const chunk of blobs.read(first.value.hash)) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).equals(content)).toBe(true)
    expect(blobs.sizeOf(first.value.hash)).toBe(content.length)
  })

  it('keep nothing of what is too large or broken off, and no path of what is no hash', async () => {
    const folder = newFolder()
    const blobs = new BlobStore(folder)
    expect(await blobs.put(Readable.from([Buffer.alloc(100)]), 99)).toMatchObject({ refusal: { code: 'blobTooLarge' } })
    const broken = async function* () {
      yield Buffer.alloc(10)
      throw new Error('line cut')
    }
    await expect(blobs.put(broken(), 99)).rejects.toThrow('line cut')
    expect([...listBlobs(folder)]).toEqual([])
    expect(readdirSync(join(folder, 'blobs', 'incoming'))).toEqual([])
    expect(blobs.has('../../etc/passwd')).toBe(false)
    expect(() => blobs.pathOf('../x')).toThrow('not a content hash')
  })
})
