import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { CommandOutput, QueryInput, QueryName, QueryOutput } from '#shared/contract/registry.ts'
import { accept, type Refusal, type Result } from '#shared/domain/kernel/refusal.ts'
import { command, query } from '../../api/client.ts'

/** How often it is asked how far it is. */
const AGAIN_MS = 400
type Basis = 'known' | 'happened'

/** A past moment that is open, and everything asked of it. */
export const useMoment = defineStore('moment', () => {
  const opened = ref<CommandOutput['timeMachine.open'] & { events: number }>()
  const progress = ref<QueryOutput['timeMachine.progress']>()
  /** Which opening this is: of one that was given up nothing more is heard. */
  let generation = 0
  const state = ref<'none' | 'building' | 'ready' | 'failed'>('none')
  const refusal = ref<Refusal>()

  let building: string | undefined
  function failed(why: Refusal): void {
    refusal.value = why
    state.value = 'failed'
  }

  async function open(at: number, basis: Basis, days: number): Promise<void> {
    await close()
    const mine = ++generation
    state.value = 'building'
    const answer = await command('timeMachine.open', { at, basis, days })
    if (mine !== generation) return void (answer.ok && (await command('timeMachine.close', { moment: answer.value.moment })))
    if (!answer.ok) return failed(answer.refusal)
    building = answer.value.moment
    for (;;) {
      const far = await query('timeMachine.progress', { moment: building })
      if (mine !== generation) return
      if (!far.ok) return failed(far.refusal)
      progress.value = far.value
      if (far.value.state === 'failed') return failed({ code: far.value.code ?? 'momentGone' })
      if (far.value.state === 'ready') {
        opened.value = { ...answer.value, events: far.value.events }
        state.value = 'ready'
        return
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }

  /** As the query would have answered then. */
  async function ask<Name extends QueryName>(name: Name, input: QueryInput[Name]): Promise<Result<QueryOutput[Name]>> {
    const { moment } = opened.value ?? { moment: 'none-is-open-at-all' }
    const answer = await query('timeMachine.ask', { moment, query: name, input: input as never })
    return answer.ok ? accept(answer.value.answer as unknown as QueryOutput[Name]) : answer
  }

  async function close(): Promise<void> {
    generation += 1
    const moment = building
    building = undefined
    opened.value = undefined
    progress.value = undefined
    state.value = 'none'
    if (moment !== undefined) await command('timeMachine.close', { moment })
  }
  return { opened, progress, state, refusal, open, ask, close }
})
