import * as contract from '#shared/contract/finance.ts'
import type { CommandContract, InputOf } from '#shared/contract/define.ts'
import * as finance from '#shared/domain/finance/decide.ts'
import { reverseBill } from '#shared/domain/finance/reverse.ts'
import { accept } from '#shared/domain/kernel/refusal.ts'
import { handler, type RegisteredCommand } from '../../kernel/pipeline.ts'
import { financeContextOf } from './context.ts'

/** A decision about the money of one order. */
function decided<C extends CommandContract>(
  command: C,
  decide: (context: finance.FinanceContext, input: InputOf<C> & { readonly order: string }) => finance.Drafts,
): RegisteredCommand {
  return handler(command, (input, context) => {
    const wanted = input as InputOf<C> & { readonly order: string }
    const decision = decide(financeContextOf(context, wanted.order), wanted)
    return decision.ok ? accept({ events: decision.value, answer: {} }) : decision
  })
}

export const financeCommands: readonly RegisteredCommand[] = [
  decided(contract.openBilling, finance.openBilling),
  decided(contract.billOrder, finance.bill),
  decided(contract.issueInvoice, finance.issueInvoice),
  decided(contract.waiveInvoice, finance.waiveInvoice),
  decided(contract.receivePayment, finance.receivePayment),
  decided(contract.voidPayment, finance.voidPayment),
  decided(contract.payRefund, finance.payRefund),
  decided(contract.verifyOrder, finance.verify),
  decided(contract.reverseBill, reverseBill),
]
