import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, writeFileSafely } from './files.ts'
import { all, one, type ReadableDb } from './sql.ts'

/**
 * Where a chain stood, written down outside the database: in the data folder, in backups, printed on reports. Who
 * rewrites a whole chain can be caught only by an anchor that is out of his reach.
 */
export interface Anchor {
  readonly origin: string
  readonly seq: number
  /** Of that event, base64url. */
  readonly hash: string
  /** UTC ms. */
  readonly at: number
  /** Where it was written: `folder`, `backup`, a report's number … */
  readonly where: string
}

export const anchorFolderOf = (folder: string): string => join(folder, 'anchors')

/** The heads of all chains as they are now. */
export function currentAnchors(db: ReadableDb, at: number, where: string): Anchor[] {
  const heads = all<{ origin: string; seq: number; hash: Buffer }>(
    db,
    'SELECT origin, seq, hash FROM chain_head ORDER BY origin',
  )
  return heads.map(({ origin, seq, hash }) => ({ origin, seq, hash: hash.toString('base64url'), at, where }))
}

export const compactTime = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '')

/** Writes the heads of now as one small file into a folder and returns them, for a report to print. */
export function writeAnchor(db: ReadableDb, folder: string, at: number, where = 'folder'): Anchor[] {
  const anchors = currentAnchors(db, at, where)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSafely(join(folder, `${compactTime(at)}.json`), JSON.stringify(anchors, null, 2))
  return anchors
}

const isAnchor = (value: unknown): value is Anchor => {
  if (typeof value !== 'object' || value === null) return false
  const { origin, seq, hash } = value as Partial<Record<keyof Anchor, unknown>>
  return typeof origin === 'string' && Number.isSafeInteger(seq) && typeof hash === 'string'
}

/** One anchor, a list of them, or a backup's manifest (`heads`). null: the file holds none. */
export function readAnchors(file: string): Anchor[] | null {
  const content = readJson<unknown>(file)
  const heads = typeof content === 'object' && content !== null && 'heads' in content ? content.heads : content
  const anchors = (Array.isArray(heads) ? heads : [heads]).filter(isAnchor)
  return anchors.length === 0 ? null : anchors
}

/** What lies in the data folder itself. A file that is no anchor any more comes as null, by name. */
export function folderAnchors(folder: string): { file: string; anchors: Anchor[] | null }[] {
  const anchors = anchorFolderOf(folder)
  if (!existsSync(anchors)) return []
  const names = readdirSync(anchors).filter((name) => name.endsWith('.json')).sort()
  return names.map((name) => ({ file: name, anchors: readAnchors(join(anchors, name)) }))
}

/** Anchors of a stop: beyond as many days of them the oldest go. */
const STOPS_KEPT = 400

/**
 * Writes down where the chains stand when a program gives the folder back, unless that is written already: a tail cut
 * off afterwards is missed, though heads and signatures were rewritten. Of one day the last stays, of days the last
 * 400; an anchor that the log does not bear out stays for ever, as evidence.
 * @param at UTC ms
 */
export function writeStopAnchor(db: ReadableDb, folder: string, at: number): void {
  const place = anchorFolderOf(folder)
  const held = folderAnchors(folder)
  const heads = currentAnchors(db, at, STOP)
  const isHead = (anchor: Anchor): boolean =>
    heads.some(({ origin, seq, hash }) => anchor.origin === origin && anchor.seq === seq && anchor.hash === hash)
  if (held.some(({ anchors }) => anchors?.length === heads.length && anchors.every(isHead))) return
  const stops = held.filter(({ file, anchors }) => isStop(file) && anchors?.every((anchor) => isBorneOut(db, anchor)))
  const today = stopName(at).slice(0, 'stop-20260101'.length)
  const older = stops.filter(({ file }) => !file.startsWith(today))
  mkdirSync(place, { recursive: true, mode: 0o700 })
  writeFileSafely(join(place, freeName(place, at)), JSON.stringify(heads, null, 2))
  const gone = [...stops.filter((stop) => !older.includes(stop)), ...older.slice(0, Math.max(0, older.length + 1 - STOPS_KEPT))]
  for (const { file } of gone) rmSync(join(place, file))
}

const STOP = 'stop'
const isStop = (file: string): boolean => file.startsWith(`${STOP}-`)
const stopName = (at: number): string => `${STOP}-${compactTime(at)}`

/** Never over another: two stops may fall into one second, and the first may be evidence. */
function freeName(place: string, at: number): string {
  let name = `${stopName(at)}.json`
  for (let n = 2; existsSync(join(place, name)); n += 1) name = `${stopName(at)}-${n}.json`
  return name
}

const isBorneOut = (db: ReadableDb, { origin, seq, hash }: Anchor): boolean =>
  one<{ hash: Buffer }>(db, 'SELECT hash FROM event WHERE origin = ? AND seq = ?', origin, seq)?.hash.toString('base64url') ===
  hash
