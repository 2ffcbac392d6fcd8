import type { Actor } from '#shared/domain/kernel/event.ts'
import type { Pipeline } from '../../kernel/pipeline.ts'
import type { ErpDocument, ErpPort } from './port.ts'

const BOOKS: Actor = { kind: 'system', id: 'books' }

/** What says that the document is in the ledger already: an answer was lost, or another desk booked it. */
const DONE: ReadonlySet<string> = new Set(['bookedAlready', 'alreadyDone'])

/** The ledger in this log: the books of a company without an ERP. The key is the command's id, on every desk. */
export function localLedger(pipeline: Pick<Pipeline, 'execute'>): ErpPort {
  return {
    book({ order, part, ...document }: ErpDocument): Promise<void> {
      const input = { order, ...document, voucher: document.key, ...(part && { part }) }
      const result = pipeline.execute({ id: `book-${document.key}`, name: 'ledger.post', input, actor: BOOKS })
      if (result.ok || DONE.has(result.refusal.code)) return Promise.resolve()
      return Promise.reject(new Error(result.refusal.code))
    },
  }
}
