import { closeSync, copyFileSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { extract } from 'tar'
import { hashFile, type BackupManifest } from './backup.ts'
import { codeOf, DataFolderError } from './errors.ts'
import { readJson } from './files.ts'
import { latestSchema, schemaOf } from './migrate.ts'
import { openReadOnly } from './open.ts'
import { verifyLog, type VerifyResult } from './verify.ts'

const ALLOWED = /^(manifest\.json|loopdesk\.db|anchors\/[\w.-]+\.json|blobs\/[0-9a-f]{2}\/[0-9a-f]{62})$/

/**
 * Lays a backup out in an empty folder and checks it whole: checksums, schema, chains. Throws `backupDamaged` or
 * `backupNewer`; the folder is the caller's to throw away. Takes an archive of `writeBackup`, or the plain database
 * that was copied before a migration.
 */
export async function unpackBackup(
  file: string,
  into: string,
  progress?: (done: number, total: number) => void,
): Promise<VerifyResult> {
  const damaged = (reason: string, cause?: unknown): never => {
    throw new DataFolderError('backupDamaged', { file, reason }, cause)
  }
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) damaged('no such file')
  const anchors: string[] = []
  if (isDatabase(file)) copyFileSync(file, join(into, 'loopdesk.db'))
  else {
    await extractAll(file, into).catch((error: unknown) => {
      if (codeOf(error) === 'ENOSPC') throw error
      damaged('not a readable archive', error)
    })
    const manifest = readJson<BackupManifest>(join(into, 'manifest.json')) ?? damaged('no manifest')
    for (const { path, size, sha256 } of manifest.files) {
      const place = join(into, path)
      if (!ALLOWED.test(path) || !existsSync(place)) damaged(`${path} is missing`)
      if (statSync(place).size !== size || (await hashFile(place)) !== sha256) damaged(`${path} was changed`)
    }
    anchors.push(join(into, 'manifest.json'))
  }
  return check(file, into, anchors, progress)
}

function check(
  file: string,
  into: string,
  anchors: readonly string[],
  progress?: (done: number, total: number) => void,
): VerifyResult {
  try {
    const db = openReadOnly(into)
    try {
      const found = schemaOf(db)
      if (found > latestSchema()) throw new DataFolderError('backupNewer', { file, found, known: latestSchema() })
      const result = verifyLog(db, into, { anchors, ...(progress && { progress }) })
      if (result.ok) return result
      const { origin, seq, reason } = result.firstBad ?? { origin: '?', seq: 0, reason: '?' }
      throw new DataFolderError('backupDamaged', { file, reason: `${origin} ${seq}: ${reason}` })
    } finally {
      db.raw.close()
    }
  } catch (error) {
    if (!(error instanceof DataFolderError) || error.code === 'folderDamaged' || error.code === 'folderMissing') {
      throw new DataFolderError('backupDamaged', { file, reason: 'the database cannot be read' }, error)
    }
    throw error
  }
}

/** Plain files at the places that a backup has, and nothing else. */
async function extractAll(file: string, into: string): Promise<void> {
  await extract({
    file,
    cwd: into,
    strict: true,
    noMtime: true,
    filter: (path, entry) => ALLOWED.test(path) && (!('type' in entry) || entry.type === 'File'),
  })
}

function isDatabase(file: string): boolean {
  const head = Buffer.alloc(16)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, head, 0, head.length, 0)
  } finally {
    closeSync(handle)
  }
  return head.toString('latin1') === 'SQLite format 3\0'
}
