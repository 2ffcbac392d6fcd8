import { statfsSync } from 'node:fs'
import { refusals, type RefusalCode } from '#shared/i18n/refusals.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'

/** What can be wrong with a data folder or a backup; each code has its words in `shared/i18n/refusals.ts`. */
export type FolderCode = Extract<
  RefusalCode,
  | 'folderLocked'
  | 'folderReadOnly'
  | 'folderOnNetwork'
  | 'folderNewer'
  | 'folderDamaged'
  | 'folderMissing'
  | 'folderNotEmpty'
  | 'diskFull'
  | 'backupDamaged'
  | 'backupNewer'
>

type Params = Readonly<Record<string, string | number>>

/** Thrown where a data folder cannot be used. `message` is the English text; screens and the CLI translate the code. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError'
  readonly code: FolderCode
  readonly params: Params

  constructor(code: FolderCode, params: Params = {}, cause?: unknown) {
    super(fill(refusals[code].en, params), cause === undefined ? undefined : { cause })
    this.code = code
    this.params = params
  }

  get refusal(): Refusal {
    return { code: this.code, params: this.params }
  }
}

const fill = (text: string, params: Params): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))

/** `SQLITE_…` or `E…` of an error, or ''. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** The file can no longer be trusted: nothing may be written to it any more. */
export const isDamage = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))

/** Below this many free bytes SQLite cannot even grow its shared-memory file and reports all kinds of errors. */
const NO_ROOM = 256 * 1024

function hasNoRoom(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize < NO_ROOM
}

/** Which trouble of the folder or disk an error tells of; undefined when it is something else, a bug. */
export function troubleOf(error: unknown, folder: string): FolderCode | undefined {
  const code = codeOf(error)
  if (isDamage(error)) return 'folderDamaged'
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return 'diskFull'
  if (/^SQLITE_(IOERR|CANTOPEN)/.test(code) && hasNoRoom(folder)) return 'diskFull'
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)/.test(code) || /^(EACCES|EPERM|EROFS)$/.test(code)) return 'folderReadOnly'
  return undefined
}

/** Rethrows as a DataFolderError where the folder is to blame. */
export function blame(error: unknown, folder: string, params: Params = {}): never {
  if (error instanceof DataFolderError) throw error
  const code = troubleOf(error, folder)
  if (code) throw new DataFolderError(code, { folder, backup: '-', ...params }, error)
  throw error
}
