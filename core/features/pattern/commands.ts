import * as contract from '#shared/contract/pattern.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import type { PatternEvents } from '#shared/domain/pattern/fold.ts'
import { RULES } from '#shared/domain/pattern/mine.ts'
import { fitsAll } from '#shared/domain/pattern/traits.ts'
import { handler } from '../../kernel/pipeline.ts'
import { casesOf, readCases, spanOf } from './history.ts'

const draft = <Type extends keyof PatternEvents>(id: string, type: Type, data: PatternEvents[Type]): EventDraft => ({
  subject: { kind: 'faultPattern', id },
  type,
  version: 1,
  data,
})

export const patternCommands = [
  handler(contract.sendPattern, ({ fault, conditions, from, to, note }, { db, commandId }) => {
    const span = spanOf(db, { from, to })
    const orders = readCases(db, span.from, span.to)
    const cases = casesOf(orders, fault, conditions).length
    if (cases < RULES.cases) return refuse('patternGone')
    const among = orders.filter((order) => fitsAll(order, conditions)).length
    const data = { fault, conditions, from, to, cases, orders: among, note }
    return accept({ events: [draft(commandId, 'patternSent', data)], answer: { pattern: commandId } })
  }),
  handler(contract.fixPattern, ({ pattern, on, what }, { load }) => {
    const { definition } = load('faultPattern', pattern).state
    if (!definition) return refuse('unknownPattern', 'pattern')
    return accept({ events: [draft(pattern, 'patternFixed', { on, what })], answer: {} })
  }),
  handler(contract.dismissPattern, ({ pattern, reason }, { load }) => {
    const { definition, fixed, dismissed } = load('faultPattern', pattern).state
    if (!definition) return refuse('unknownPattern', 'pattern')
    if (fixed ?? dismissed) return refuse('patternSettled', 'pattern')
    return accept({ events: [draft(pattern, 'patternDismissed', { reason })], answer: {} })
  }),
]
