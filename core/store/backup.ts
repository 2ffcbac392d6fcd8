import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  createReadStream,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import Database from 'better-sqlite3'
import { create } from 'tar'
import { anchorFolderOf, currentAnchors, folderAnchors, writeAnchor, type Anchor } from './anchors.ts'
import { blobFolderOf, listBlobs } from './blobs.ts'
import { originOf } from './desk.ts'
import { blame, DataFolderError } from './errors.ts'
import { syncFolder, syncPath } from './files.ts'
import { schemaOf } from './migrate.ts'
import { backupFolderOf, openReadOnly } from './open.ts'
import type { ReadableDb } from './sql.ts'

/**
 * A backup is a gzipped tar: `manifest.json` first, then `loopdesk.db`, `anchors/…`, `blobs/ab/…`. It holds the local
 * tables too, accounts among them: without those nobody could go on working after a restore. It never holds
 * `desk.key`: whoever finds a backup cannot sign as the desk, and a restore always starts a new origin.
 */
export interface BackupManifest {
  readonly format: 1
  /** UTC ms. */
  readonly at: number
  readonly origin: string | null
  /** `user_version` of the database. */
  readonly schema: number
  /** Where every chain stands: anchors for a later verify. */
  readonly heads: readonly Anchor[]
  readonly files: readonly BackupFile[]
}
export interface BackupFile {
  readonly path: string
  readonly size: number
  /** Hex. */
  readonly sha256: string
}
export interface BackupResult {
  readonly file: string
  /** Bytes of the archive. */
  readonly size: number
  readonly events: number
  readonly blobs: number
  readonly at: number
}
type Progress = (done: number, total: number) => void

/**
 * Writes one consistent backup while the service goes on: the copy of the database is one read transaction, and blobs
 * never change. Needs the room of the database once more, beside the data. Throws a DataFolderError on a damaged
 * database: a copy of damage must never push a good backup out.
 * @param at UTC ms
 */
export async function writeBackup(folder: string, out: string, at: number, progress?: Progress): Promise<BackupResult> {
  const target = resolve(out)
  const partial = `${target}.part`
  let staging: string | undefined
  try {
    // The copy is laid out in the folder itself; told before anything is made there.
    if (existsSync(folder)) accessSync(folder, constants.W_OK)
    mkdirSync(backupFolderOf(folder), { recursive: true, mode: 0o700 })
    mkdirSync(dirname(target), { recursive: true })
    removeStale(backupFolderOf(folder))
    staging = mkdtempSync(join(backupFolderOf(folder), '.staging-'))
    const manifest = await stage(folder, staging, at, progress)
    const names = ['manifest.json', ...manifest.files.map((file) => file.path)]
    await create({ file: partial, cwd: staging, gzip: { level: 3 }, portable: true, strict: true }, names)
    chmodSync(partial, 0o600)
    syncPath(partial)
    renameSync(partial, target)
    syncFolder(dirname(target))
    const events = manifest.heads.reduce((sum, head) => sum + head.seq, 0)
    const blobs = manifest.files.filter((file) => file.path.startsWith('blobs/')).length
    return { file: target, size: statSync(target).size, events, blobs, at }
  } catch (error) {
    rmSync(partial, { force: true })
    return blame(error, folder)
  } finally {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true })
  }
}

/** What a backup that was killed left behind; one on its way is younger. */
function removeStale(backups: string): void {
  for (const name of readdirSync(backups)) {
    const path = join(backups, name)
    if (name.startsWith('.staging-') && Date.now() - statSync(path).mtimeMs > 86_400_000) rmSync(path, { recursive: true })
  }
}

async function stage(folder: string, staging: string, at: number, progress?: Progress): Promise<BackupManifest> {
  const copy = join(staging, 'loopdesk.db')
  const live = openReadOnly(folder)
  try {
    live.raw.prepare('VACUUM INTO ?').run(copy)
  } finally {
    live.raw.close()
  }
  const raw = new Database(copy, { readonly: true })
  const db: ReadableDb = { raw, readable: true }
  try {
    if (raw.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new DataFolderError('folderDamaged', { folder, backup: '-' })
    writeAnchor(db, anchorFolderOf(folder), at, 'backup')
    // The copy was taken before: every blob that it names is there already.
    const paths = ['loopdesk.db', ...bring(folder, staging)]
    const files: BackupFile[] = []
    for (const [index, path] of paths.entries()) {
      files.push(await describe(staging, path))
      progress?.(index + 1, paths.length)
    }
    const heads = currentAnchors(db, at, 'backup')
    const manifest: BackupManifest = { format: 1, at, origin: originOf(db), schema: schemaOf(db), heads, files }
    writeFileSync(join(staging, 'manifest.json'), JSON.stringify(manifest, null, 2))
    return manifest
  } finally {
    raw.close()
  }
}

/** Puts anchors and blobs beside the copy, as links where the disk has them; returns their paths. */
function bring(folder: string, staging: string): string[] {
  const paths: string[] = []
  mkdirSync(join(staging, 'anchors'))
  for (const { file } of folderAnchors(folder)) {
    copyFileSync(join(anchorFolderOf(folder), file), join(staging, 'anchors', file))
    paths.push(`anchors/${file}`)
  }
  for (const hash of listBlobs(folder)) {
    const [shelf, name] = [hash.slice(0, 2), hash.slice(2)]
    if (!existsSync(join(staging, 'blobs', shelf))) mkdirSync(join(staging, 'blobs', shelf), { recursive: true })
    const source = join(blobFolderOf(folder), shelf, name)
    try {
      linkSync(source, join(staging, 'blobs', shelf, name))
    } catch {
      copyFileSync(source, join(staging, 'blobs', shelf, name))
    }
    paths.push(`blobs/${shelf}/${name}`)
  }
  return paths
}

async function describe(root: string, path: string): Promise<BackupFile> {
  return { path, size: statSync(join(root, path)).size, sha256: await hashFile(join(root, path)) }
}

/** Never of a live loopdesk.db: reading it with anything but SQLite would drop the process's locks. */
export async function hashFile(file: string): Promise<string> {
  const digest = createHash('sha256')
  await pipeline(createReadStream(file), digest)
  return digest.digest('hex')
}
