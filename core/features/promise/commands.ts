import { breakPromise } from '#shared/contract/promise.ts'
import { accept } from '#shared/domain/kernel/refusal.ts'
import { decideBroken } from '#shared/domain/workOrder/brokenPromise.ts'
import { handler } from '../../kernel/pipeline.ts'
import { peopleOf } from '../escalation/people.ts'

export const promiseCommands = [
  handler(breakPromise, ({ order, by }, context) => {
    const broken = decideBroken(context.load('workOrder', order).state, peopleOf(context.db), context.now, by)
    return broken.ok ? accept({ events: [broken.value], answer: {} }) : broken
  }),
]
