import type { orderPaper } from '#shared/contract/orderPaper.ts'
import type { OutputOf } from '#shared/contract/define.ts'
import { originOf } from '../../store/desk.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'
import { readDetails } from './details.ts'
import { namesIn, readAudit, readTimeline } from './history.ts'

type Paper = OutputOf<typeof orderPaper>

/** Everything that the sheet of an order says, read at one moment. */
export function readPaper(db: ReadableDb, order: string): Omit<Paper, 'now'> {
  const audit = readAudit(db, order)
  return {
    company: readSetting(db, 'company.name'),
    order: readDetails(db, order),
    timeline: readTimeline(db, order),
    audit,
    names: namesIn(db, audit),
    chain: ownHead(db),
  }
}

function ownHead(db: ReadableDb): Paper['chain'] {
  const origin = originOf(db)
  if (origin === null) return null
  const head = one<{ seq: number; hash: Buffer }>(db, 'SELECT seq, hash FROM chain_head WHERE origin = ?', origin)
  return !head ? null : { origin, seq: head.seq, hash: head.hash.toString('hex') }
}
