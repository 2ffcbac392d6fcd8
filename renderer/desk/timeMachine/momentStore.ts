import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { CommandOutput, QueryInput, QueryName, QueryOutput } from '#shared/contract/registry.ts'
import { accept, type Refusal, type Result } from '#shared/domain/kernel/refusal.ts'
import { command, query } from '../../api/client.ts'

type Basis = 'known' | 'happened'

/** A past moment that is open, and everything asked of it. */
export const useMoment = defineStore('moment', () => {
  const opened = ref<CommandOutput['timeMachine.open']>()
  const state = ref<'none' | 'building' | 'ready' | 'failed'>('none')
  const refusal = ref<Refusal>()

  async function open(at: number, basis: Basis, days: number): Promise<void> {
    await close()
    state.value = 'building'
    const answer = await command('timeMachine.open', { at, basis, days })
    if (answer.ok) {
      opened.value = answer.value
      state.value = 'ready'
    } else {
      refusal.value = answer.refusal
      state.value = 'failed'
    }
  }

  /** As the query would have answered then. */
  async function ask<Name extends QueryName>(name: Name, input: QueryInput[Name]): Promise<Result<QueryOutput[Name]>> {
    const { moment } = opened.value ?? { moment: 'none-is-open-at-all' }
    const answer = await query('timeMachine.ask', { moment, query: name, input: input as never })
    return answer.ok ? accept(answer.value.answer as unknown as QueryOutput[Name]) : answer
  }

  async function close(): Promise<void> {
    const { moment } = opened.value ?? {}
    opened.value = undefined
    state.value = 'none'
    if (moment !== undefined) await command('timeMachine.close', { moment })
  }
  return { opened, state, refusal, open, ask, close }
})
