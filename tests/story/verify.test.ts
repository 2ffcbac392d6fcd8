import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyFolder } from '#core/maintenance/folder.ts'
import { writeAnchor } from '#core/store/anchors.ts'
import { GENESIS, hashText } from '#core/store/eventLog.ts'
import { readPrivateKey, signHead } from '#core/store/signature.ts'
import { canonical } from '#shared/domain/kernel/canonical.ts'
import { copyFolder, filledFolder, newFolder, removeFolders, tamper } from '../support/folders.ts'
import { MONDAY, openLogDesk } from '../support/logDesk.ts'
import { registered } from '../support/orders.ts'
import { randomRuns } from '../support/random.ts'

let folder: string
beforeAll(() => (folder = filledFolder()))
afterAll(removeFolders)

type Row = Record<string, string | number | Buffer | null>
const rowsOf = (raw: Database.Database, table: string): Row[] => raw.prepare(`SELECT * FROM ${table}`).all() as Row[]

/** Another value of the same storage class, by a drawn number. */
function changed(value: Row[string] | undefined, drawn: number): Row[string] {
  if (typeof value === 'number') return value + 1000 + (drawn % 7)
  if (Buffer.isBuffer(value)) {
    const copy = Buffer.from(value)
    const at = drawn % copy.length
    copy[at] = (copy[at] as number) ^ (1 << (drawn % 8))
    return copy
  }
  if (value === null || value === undefined) return 'customer:x'
  const at = drawn % value.length
  const other = value[at] === '7' ? '8' : '7'
  return value.slice(0, at) + other + value.slice(at + 1)
}

const columns: Record<string, readonly string[]> = {
  event: ['origin', 'seq', 'id', 'hlc', 'subject', 'type', 'at', 'text', 'hash'],
  event_part: ['origin', 'seq', 'name', 'person', 'salt', 'text'],
  chain_head: ['origin', 'seq', 'hlc', 'hash'],
  head_signature: ['origin', 'seq', 'hash', 'at', 'signature'],
}
const places = Object.entries(columns).flatMap(([table, names]) => names.map((column) => ({ table, column })))

function changeOne(raw: Database.Database, table: string, column: string, row: Row, drawn: number): void {
  const value =
    table === 'event_part' && column === 'name' ? (row['name'] === 'money' ? 'personal' : 'money') : changed(row[column], drawn)
  const sql = table === 'event_part' ? 'origin = ? AND seq = ? AND name = ?' : 'origin = ? AND seq = ?'
  const key = table === 'event_part' ? [row['origin'], row['seq'], row['name']] : [row['origin'], row['seq']]
  raw.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${sql}`).run(value, ...key)
}

describe('verify', () => {
  it('is content with an untouched folder of two chains, erased persons included', () => {
    const result = verifyFolder(folder)
    expect(result).toMatchObject({ ok: true, firstBad: null, chains: 2 })
    expect(result.events).toBeGreaterThanOrEqual(12 * 3 * 2 + 6 + 2)
    expect(result.notes.join('\n')).toContain('erased by law from 1 event')
  })

  it('finds any changed column of any row, and names origin and seq', { timeout: 300_000 }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.nat(), fc.nat(), ({ table, column }, chosen, drawn) => {
        const copy = copyFolder(folder)
        let row: Row = {}
        tamper(copy, (raw) => {
          const rows = rowsOf(raw, table)
          row = rows[chosen % rows.length] as Row
          changeOne(raw, table, column, row, drawn)
        })
        const result = verifyFolder(copy)
        expect(result.ok).toBe(false)
        expect(result.bad.map((bad) => bad.origin)).toContain(row['origin'])
        if (table === 'event') {
          expect(result.bad).toContainEqual(expect.objectContaining({ origin: row['origin'], seq: row['seq'] }))
        }
      }),
      randomRuns(150, 2000),
    )
  })

  it('finds a byte that no decoder shows', () => {
    const copy = copyFolder(folder)
    let place = { origin: '', seq: 0 }
    tamper(copy, (raw) => {
      place = raw.prepare("SELECT origin, seq FROM event WHERE type = 'noteAdded' LIMIT 1").get() as typeof place
      // Invalid UTF-8 that reads as a replacement character.
      raw.prepare("UPDATE event SET text = CAST(CAST(text AS BLOB) || x'FF' AS TEXT) WHERE origin = ? AND seq = ?").run(place.origin, place.seq)
    })
    expect(verifyFolder(copy).firstBad).toMatchObject(place)
  })

  it('finds a removed row, wherever it stood', () => {
    for (const table of Object.keys(columns)) {
      if (table === 'head_signature') continue
      const copy = copyFolder(folder)
      let row: Row = {}
      tamper(copy, (raw) => {
        const rows = rowsOf(raw, table)
        row = rows[Math.floor(rows.length / 3)] as Row
        raw.prepare(`DELETE FROM ${table} WHERE origin = ? AND seq = ?`).run(row['origin'], row['seq'])
      })
      expect(verifyFolder(copy).firstBad, table).toMatchObject({ origin: row['origin'], seq: row['seq'] })
    }
  })

  it('finds a swapped pair', () => {
    const copy = copyFolder(folder)
    const origin = ownOrigin(copy)
    tamper(copy, (raw) => {
      raw.prepare('UPDATE event SET seq = -1 WHERE origin = ? AND seq = 9').run(origin)
      raw.prepare('UPDATE event SET seq = 9 WHERE origin = ? AND seq = 10').run(origin)
      raw.prepare('UPDATE event SET seq = 10 WHERE origin = ? AND seq = -1').run(origin)
    })
    expect(verifyFolder(copy).firstBad).toMatchObject({ origin, seq: 9 })
  })

  it('finds a cut tail, even where the head was set back', () => {
    for (const isHeadSetBack of [false, true]) {
      const copy = copyFolder(folder)
      const origin = ownOrigin(copy)
      let head = 0
      tamper(copy, (raw) => {
        head = (raw.prepare('SELECT seq FROM chain_head WHERE origin = ?').get(origin) as { seq: number }).seq - 3
        raw.prepare('DELETE FROM event WHERE origin = ? AND seq > ?').run(origin, head)
        if (isHeadSetBack) {
          raw.prepare(
            'UPDATE chain_head SET (seq, hlc, hash) = (SELECT seq, hlc, hash FROM event WHERE origin = ? AND seq = ?) WHERE origin = ?',
          ).run(origin, head, origin)
        }
      })
      const found = verifyFolder(copy).firstBad
      expect(found?.origin).toBe(origin)
      expect(found?.seq).toBeGreaterThan(head)
    }
  })

  it('finds a cut tail by the anchor of the last clean stop, though head and signatures were rewritten', () => {
    const copy = copyFolder(folder)
    const origin = ownOrigin(copy)
    let head = 0
    tamper(copy, (raw) => {
      head = (raw.prepare('SELECT seq FROM chain_head WHERE origin = ?').get(origin) as { seq: number }).seq
      raw.prepare('DELETE FROM event WHERE origin = ? AND seq > ?').run(origin, head - 3)
      raw.prepare('DELETE FROM event_part WHERE origin = ? AND seq > ?').run(origin, head - 3)
      raw.prepare(
        'UPDATE chain_head SET (seq, hlc, hash) = (SELECT seq, hlc, hash FROM event WHERE origin = ? AND seq = ?) WHERE origin = ?',
      ).run(origin, head - 3, origin)
    })
    // Nothing is forged: the new head is signed alone.
    rewriteChain(copy, origin, 0)
    expect(verifyFolder(copy)).toMatchObject({ ok: false, firstBad: { origin, seq: head - 2 } })
    // Work that goes on afterwards leaves an anchor of its own and keeps the one that tells.
    const desk = openLogDesk(MONDAY + 1, copy)
    desk.append([registered('afterwards', { at: desk.now })])
    desk.app.close()
    expect(readdirSync(join(copy, 'anchors'))).toHaveLength(2)
    expect(verifyFolder(copy)).toMatchObject({ ok: false, firstBad: { origin } })
  })

  it('finds missing triggers and foreign ones', () => {
    const copy = copyFolder(folder)
    tamper(copy, (raw) => raw.exec('CREATE TRIGGER mine AFTER INSERT ON setting BEGIN SELECT 1; END'))
    expect(verifyFolder(copy)).toMatchObject({ ok: false, firstBad: { reason: 'trigger mine is not ours' } })
  })

  it('finds a whole chain that was written anew and signed with the stolen key, against an anchor from outside', () => {
    const copy = copyFolder(folder)
    const origin = ownOrigin(copy)
    const anchors = newFolder()
    tamper(copy, (raw) => writeAnchor({ raw, readable: true }, anchors, 1, 'report'))
    const anchor = join(anchors, readdirSync(anchors)[0] as string)
    rewriteChain(copy, origin, 15)
    rmSync(join(copy, 'anchors'), { recursive: true })
    // Whoever has the file and the key leaves no trace inside, and verify says that nothing protects here.
    const alone = verifyFolder(copy)
    expect(alone.ok).toBe(true)
    expect(alone.notes.join('\n')).toContain('cannot be noticed')
    expect(alone.protectedUpTo.find((chain) => chain.origin === origin)?.outside).toBe(0)
    const head = alone.protectedUpTo.find((chain) => chain.origin === origin)?.seq as number
    expect(verifyFolder(copy, { anchors: [anchor] })).toMatchObject({ ok: false, firstBad: { origin, seq: head } })
    // The untouched folder is protected up to where the anchor stands.
    const honest = verifyFolder(folder, { anchors: [anchor] })
    expect(honest.ok).toBe(true)
    expect(honest.protectedUpTo.every((chain) => chain.outside === chain.seq)).toBe(true)
  })

  it('says when an anchor file is none', () => {
    const file = join(newFolder(), 'anchor.json')
    writeFileSync(file, '{}')
    expect(verifyFolder(folder, { anchors: [file] }).ok).toBe(false)
  })
})

function ownOrigin(copy: string): string {
  let origin = ''
  tamper(copy, (raw) => {
    origin = (raw.prepare("SELECT value FROM setting WHERE name = 'origin'").get() as { value: string }).value
  })
  return origin
}

/** Changes event `from` and computes every hash after it, the head and the desk's signature anew. */
function rewriteChain(copy: string, origin: string, from: number): void {
  const key = readPrivateKey(join(copy, 'desk.key'))
  if (!key) throw new Error(readFileSync(join(copy, 'desk.key'), 'utf8'))
  tamper(copy, (raw) => {
    const rows = raw.prepare('SELECT seq, text FROM event WHERE origin = ? ORDER BY seq').all(origin) as { seq: number; text: string }[]
    let hash: Buffer = GENESIS
    for (const { seq, text } of rows) {
      const envelope = JSON.parse(text) as { data: Record<string, unknown>; prevHash: string }
      if (seq === from) envelope.data['forged'] = true
      const forged = canonical({ ...envelope, prevHash: hash.toString('base64url') })
      hash = hashText(forged)
      raw.prepare('UPDATE event SET text = ?, hash = ? WHERE origin = ? AND seq = ?').run(forged, hash, origin, seq)
    }
    const seq = rows.length
    raw.prepare('UPDATE chain_head SET hash = ? WHERE origin = ?').run(hash, origin)
    raw.prepare('DELETE FROM head_signature WHERE origin = ?').run(origin)
    const signature = signHead(key, { origin, seq, hash, at: 1 })
    raw.prepare('INSERT INTO head_signature VALUES (?, ?, ?, 1, ?)').run(origin, seq, hash, signature)
  })
}
