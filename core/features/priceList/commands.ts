import { changePrice, registerPrice } from '#shared/contract/priceList.ts'
import { changesOf } from '#shared/domain/kernel/changes.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { PRICE_FIELDS, type PriceEvents } from '#shared/domain/priceList/fold.ts'
import { handler } from '../../kernel/pipeline.ts'

const draft = <Type extends keyof PriceEvents>(id: string, type: Type, data: PriceEvents[Type]): EventDraft => ({
  subject: { kind: 'price', id },
  type,
  version: 1,
  data,
})

export const priceCommands = [
  handler(registerPrice, ({ item, demo, ...terms }, context) => {
    if (context.load('price', item).state.exists) return refuse('priceExists', 'item', { item })
    return accept({ events: [draft(item, 'priceRegistered', { ...terms, ...(demo && { demo }) })], answer: {} })
  }),
  handler(changePrice, ({ item, base, ...given }, context) => {
    const { state, last } = context.load('price', item)
    if (!state.exists) return refuse('unknownPrice', 'item', { item })
    if (base !== undefined && last?.id !== base) return refuse('staleRecord', 'base')
    const changes = changesOf(PRICE_FIELDS, state, given)
    return accept({ events: changes.length > 0 ? [draft(item, 'priceChanged', { changes })] : [], answer: {} })
  }),
]
