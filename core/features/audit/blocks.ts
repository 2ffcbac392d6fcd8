import { all, one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'

/** Events a block. Describing one takes a few ms, reading one when looking for something rare does too. */
export const BLOCK = 1000
/** Recorded later than this after it happened is marked (METRICS, "Time"), ms. */
export const BACKDATED_AFTER = 15 * 60_000

/** Block of a sequence number; chains count from 1. */
export const blockOf = (seq: number): number => Math.floor((seq - 1) / BLOCK)
export const firstOf = (block: number): number => block * BLOCK + 1

export const ACTOR = "event.text ->> '$.actor.id'"
export const ACTOR_KIND = "event.text ->> '$.actor.kind'"
const RECORDED_AT = "event.text ->> '$.recordedAt'"
export const IS_BACKDATED = `${ACTOR_KIND} = 'user' AND ${RECORDED_AT} - event.at > ${BACKDATED_AFTER}`

const TRAITS = `
  SELECT DISTINCT event.type AS type, substr(event.subject, 1, instr(event.subject, ':') - 1) AS kind,
    ${ACTOR} AS actor, ${ACTOR_KIND} = 'import' AS imported, ${IS_BACKDATED} AS backdated
  FROM event WHERE origin = ? AND seq BETWEEN ? AND ?`

interface Traits {
  readonly type: string
  readonly kind: string
  readonly actor: string
  readonly imported: number
  readonly backdated: number
}

const describedBlocks = (db: ReadableDb, origin: string): number =>
  one<{ blocks: number }>(db, 'SELECT blocks FROM audit_progress WHERE origin = ?', origin)?.blocks ?? 0

/**
 * Describes the next full block of any chain, a few ms of work; false: there is none. A chain of another desk may
 * arrive with gaps: what follows one waits until it is closed.
 */
export function describeNext(db: WritableDb): boolean {
  for (const { origin, seq } of all<{ origin: string; seq: number }>(db, 'SELECT origin, seq FROM chain_head')) {
    const block = describedBlocks(db, origin)
    const first = firstOf(block)
    if (seq < first + BLOCK - 1) continue
    const range = [origin, first, first + BLOCK - 1] as const
    const held = one<{ n: number }>(db, 'SELECT count(*) AS n FROM event WHERE origin = ? AND seq BETWEEN ? AND ?', ...range)
    if (held?.n !== BLOCK) continue
    describe(db, origin, block, all<Traits>(db, TRAITS, ...range))
    return true
  }
  return false
}

/** It can be had again from the log: the slice does not wait for the disk, the next event's commit syncs it along. */
function describe(db: WritableDb, origin: string, block: number, rows: readonly Traits[]): void {
  const traits = new Set(
    rows.flatMap(({ type, kind, actor, imported, backdated }) => [
      `type:${type}`,
      `kind:${kind}`,
      `actor:${actor}`,
      ...(imported === 1 ? ['imported'] : []),
      ...(backdated === 1 ? ['backdated'] : []),
    ]),
  )
  const before = db.raw.pragma('synchronous', { simple: true }) as number
  db.raw.pragma('synchronous = NORMAL')
  try {
    db.raw.transaction(() => {
      for (const trait of traits) {
        run(db, 'INSERT OR IGNORE INTO audit_block (trait, origin, block) VALUES (?,?,?)', trait, origin, block)
      }
      run(db, 'INSERT OR REPLACE INTO audit_progress (origin, blocks) VALUES (?,?)', origin, block + 1)
    }).immediate()
  } finally {
    db.raw.pragma(`synchronous = ${before}`)
  }
}

/** The newest block at or before `block` that may hold all the traits; -1: none. */
export function newestWith(db: ReadableDb, origin: string, block: number, traits: readonly string[]): number {
  const described = describedBlocks(db, origin)
  let candidate = block
  // Each trait in turn pushes the candidate back until all agree; what is not described yet may hold anything.
  for (let agreed = 0, index = 0; candidate >= 0 && candidate < described && agreed < traits.length; index++) {
    const found = one<{ block: number }>(
      db,
      'SELECT block FROM audit_block WHERE trait = ? AND origin = ? AND block <= ? ORDER BY block DESC LIMIT 1',
      traits[index % traits.length],
      origin,
      candidate,
    )
    if (!found) return -1
    agreed = found.block === candidate ? agreed + 1 : 1
    candidate = found.block
  }
  return candidate
}
