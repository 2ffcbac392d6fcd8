import type { FinanceContext } from '#shared/domain/finance/decide.ts'
import { localDay } from '#shared/domain/workOrder/decision.ts'
import type { CommandContext } from '../../kernel/pipeline.ts'
import { stayingOf } from '../customer/merged.ts'
import { readSetting } from '../setting/read.ts'

/** A command's sight of the world as decisions about money want it. */
export function financeContextOf(context: CommandContext, order: string): FinanceContext {
  const zone = readSetting(context.db, 'company.timeZone')
  const { state: finance, last } = context.load('finance', order)
  const { state } = context.load('workOrder', order)
  return {
    commandId: context.commandId,
    order: state,
    finance,
    head: last?.id ?? null,
    at: context.at,
    today: localDay(context.now, zone),
    dayOf: (at) => localDay(at, zone),
    contract: (id) => context.load('serviceContract', id).state,
    staying: (customer) => stayingOf(context.db, customer),
    price(item) {
      const price = context.load('price', item)
      return { ...price.state, event: price.last?.id ?? null }
    },
    warrantyUntil() {
      const machine = state.fields['equipment']
      return typeof machine === 'string' ? context.load('equipment', machine).state.warrantyUntil : null
    },
  }
}
