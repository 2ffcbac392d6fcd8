import { existsSync, statfsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { HLC_COUNTERS } from '#shared/domain/kernel/hlc.ts'
import { doctorWords, type DoctorCode } from '#shared/i18n/doctor.ts'
import { listBlobs } from '../store/blobs.ts'
import { isDamage } from '../store/errors.ts'
import { databaseFile, newestBackup, openReadOnly, refuseNewer } from '../store/open.ts'
import { schemaFindings } from '../store/schema.ts'
import { readSetting } from '../store/settings.ts'
import { isHeadSignature, keyAt, readDeskKeys } from '../store/signature.ts'
import { all, one, sql, type ReadableDb } from '../store/sql.ts'
import { backupStateOf } from './backupState.ts'
import { sampleProjections } from './sample.ts'

interface Finding {
  readonly code: DoctorCode
  /** `warning`: look at it; `bad`: data is in danger or wrong. */
  readonly level: 'ok' | 'warning' | 'bad'
  readonly params: Readonly<Record<string, string | number>>
  readonly message: { readonly 'zh-CN': string; readonly en: string }
}
export interface DoctorResult {
  /** No finding is `bad`. */
  readonly ok: boolean
  readonly findings: readonly Finding[]
}

interface Patient {
  readonly db: ReadableDb
  readonly folder: string
  /** UTC ms. */
  readonly now: number
  /** What SQLite's quick_check said. */
  readonly quickCheck: string
}

const MB = 1024 * 1024
const LOW_SPACE = 1024 * MB
const LARGE_WAL = 256 * MB
const OLD_BACKUP_MS = 36 * 3_600_000
const CLOCK_SLACK_MS = 60_000
const SAMPLED_SUBJECTS = 100

/** Beside a running service, or alone. Throws a DataFolderError where there is nothing to examine. */
export function doctorFolder(data: string, options: { readonly clock?: () => number } = {}): DoctorResult {
  const folder = resolve(data)
  const db = openReadOnly(folder)
  try {
    refuseNewer(db, folder)
    const quickCheck = String(db.raw.pragma('quick_check(1)', { simple: true }))
    return examine({ db, folder, now: (options.clock ?? Date.now)(), quickCheck })
  } catch (error) {
    if (!isDamage(error)) throw error
    return summary([finding('databaseDamaged', 'bad', { message: String(error), backup: newestBackup(folder) ?? '-' })])
  } finally {
    db.raw.close()
  }
}

function examine(patient: Patient): DoctorResult {
  if (patient.quickCheck !== 'ok') {
    const params = { message: patient.quickCheck, backup: newestBackup(patient.folder) ?? '-' }
    return summary([finding('databaseDamaged', 'bad', params)])
  }
  return summary([
    ...examineDisk(patient),
    ...examineClock(patient),
    ...examineBackups(patient),
    ...examineBlobs(patient),
    ...schemaFindings(patient.db).wrong.map((message) => finding('schemaWrong', 'bad', { message })),
    ...examineSignatures(patient),
    ...examineProjections(patient),
  ])
}

function summary(findings: readonly Finding[]): DoctorResult {
  const ok = findings.every((item) => item.level !== 'bad')
  if (findings.length > 0) return { ok, findings }
  const what = 'disk, clock, backups, blobs, database, schema, signatures, projections'
  return { ok, findings: [finding('allWell', 'ok', { what })] }
}

function finding(code: DoctorCode, level: Finding['level'], params: Finding['params'] = {}): Finding {
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
  const words = doctorWords[code]
  return { code, level, params, message: { 'zh-CN': fill(words['zh-CN']), en: fill(words.en) } }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / MB)} MB`

function examineDisk({ folder }: Patient): Finding[] {
  const findings: Finding[] = []
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < LOW_SPACE) findings.push(finding('spaceLow', 'warning', { free: megabytes(bavail * bsize) }))
  for (const file of [databaseFile(folder), join(folder, 'desk.key'), join(folder, 'endpoint.json')]) {
    // Windows keeps no such bits.
    const isOpen = process.platform !== 'win32' && existsSync(file) && (statSync(file).mode & 0o077) !== 0
    if (isOpen) findings.push(finding('folderOpenToOthers', 'warning', { file }))
  }
  const wal = `${databaseFile(folder)}-wal`
  const size = existsSync(wal) ? statSync(wal).size : 0
  if (size > LARGE_WAL) findings.push(finding('walLarge', 'warning', { size: megabytes(size) }))
  return findings
}

function examineClock({ db, now }: Patient): Finding[] {
  const hlc = one<{ hlc: number | null }>(db, 'SELECT max(hlc) AS hlc FROM chain_head')?.hlc ?? 0
  const behind = Math.floor(hlc / HLC_COUNTERS) - now
  return behind > CLOCK_SLACK_MS ? [finding('clockBehind', 'warning', { behind: `${Math.round(behind / 1000)} s` })] : []
}

function examineBackups({ db, now }: Patient): Finding[] {
  const state = backupStateOf(db)
  if (state.failure) return [finding('backupFailed', 'warning', { message: state.failure.message })]
  if (state.at !== null && now - state.at <= OLD_BACKUP_MS) return []
  return [finding('backupOld', 'warning', { when: state.at !== null ? new Date(state.at).toISOString() : '-' })]
}

/** Blobs that events name (`data.blob`, in the log for ever), against those on the disk. */
function examineBlobs({ db, folder }: Patient): Finding[] {
  const named = new Set<string>()
  const rows = sql(db, `SELECT DISTINCT json_extract(text, '$.data.blob') FROM event WHERE instr(text, '"blob":"') > 0`)
  for (const hash of rows.pluck().iterate() as IterableIterator<unknown>) if (typeof hash === 'string') named.add(hash)
  const orphans = [...listBlobs(folder)].filter((hash) => !named.delete(hash))
  const findings: Finding[] = []
  if (orphans.length > 0) {
    findings.push(finding('blobsOrphaned', 'warning', { count: orphans.length, example: orphans[0] ?? '' }))
  }
  const missing = [...named].filter((hash) => !isErased(db, hash))
  if (missing.length > 0) {
    findings.push(finding('blobsMissing', 'bad', { count: missing.length, example: missing[0] ?? '' }))
  }
  return findings
}

/** Files of a person whose data were erased by law went with the personal parts of the same subject. */
function isErased(db: ReadableDb, hash: string): boolean {
  const erased = one(
    db,
    `SELECT 1 FROM event AS naming JOIN event AS other USING (subject)
     WHERE instr(naming.text, ?) > 0 AND other.text ->> '$.parts.personal.of' IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM event_part AS part
       WHERE part.origin = other.origin AND part.seq = other.seq AND part.name = 'personal') LIMIT 1`,
    `"blob":"${hash}"`,
  )
  return erased !== undefined
}

function examineSignatures({ db }: Patient): Finding[] {
  const rows = all<{ origin: string; seq: number; hash: Buffer; at: number; signature: Buffer; real: Buffer | null }>(
    db,
    `SELECT s.origin, s.seq, s.hash, s.at, s.signature, e.hash AS real
     FROM head_signature s LEFT JOIN event e USING (origin, seq) ORDER BY s.origin, s.seq`,
  )
  const keys = new Map([...new Set(rows.map((row) => row.origin))].map((origin) => [origin, readDeskKeys(db, origin)]))
  const isValid = (row: (typeof rows)[number]): boolean => {
    const key = keyAt(keys.get(row.origin) ?? [], row.seq)
    return row.real?.equals(row.hash) === true && key !== undefined && isHeadSignature(key.publicKey, row, row.signature)
  }
  return rows
    .filter((row) => !isValid(row))
    .slice(0, 3)
    .map(({ origin, seq }) => finding('signatureInvalid', 'bad', { origin, seq }))
}

function examineProjections({ db }: Patient): Finding[] {
  if (readSetting(db, 'rebuild') !== null) return [finding('rebuildPending', 'warning')]
  return sampleProjections(db, SAMPLED_SUBJECTS)
    .slice(0, 5)
    .map(({ table, subject }) => finding('projectionWrong', 'bad', { table, subject }))
}
