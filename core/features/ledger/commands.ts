import { correctEntry, postEntry } from '#shared/contract/finance.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { isBalanced, opposite } from '#shared/domain/ledger/accounts.ts'
import { handler } from '../../kernel/pipeline.ts'

export const ledgerCommands = [
  handler(postEntry, ({ order, at, posting, key, kind, source, voucher, part }, { load }) => {
    if (!isBalanced(posting)) return refuse('unbalanced', 'posting', { key })
    if (load('ledger', order).state.entries.some((entry) => entry.key === key)) return refuse('bookedAlready', 'key', { key })
    const data = { key, kind, source, voucher, ...(part && { part }) }
    return accept({
      events: [{ subject: { kind: 'ledger', id: order }, type: 'ledgerPosted', version: 1, data, money: posting, at }],
      answer: {},
    })
  }),
  /** The opposite is of today: a month that is locked keeps the entry, the present one takes it back. */
  handler(correctEntry, ({ order, entry: id, reason }, { load }) => {
    const { entries } = load('ledger', order).state
    const entry = entries.find(({ event, kind }) => event === id && kind !== 'correction')
    if (!entry) return refuse('unknownEntry', 'entry')
    if (entries.some(({ corrects }) => corrects === id)) return refuse('alreadyCorrected', 'entry')
    const { key, source } = entry
    const data = { key, source, corrects: id, reason }
    return accept({
      events: [
        { subject: { kind: 'ledger', id: order }, type: 'ledgerCorrected', version: 1, data, money: opposite(entry.posting) },
      ],
      answer: {},
    })
  }),
]
