import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { QueryOutput } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { query } from '../../api/client.ts'
import { useClock } from '../../app/clock.ts'
import { beginOf } from './days.ts'

type Suggested = QueryOutput['dispatch.suggest']
const WEEK = 7 * 86_400_000
const MORE = 30

/** Who could do the order in hand, and when: best first, with the reasons, and why each other is left out. */
export const useSuggestions = defineStore('suggestions', () => {
  const clock = useClock()
  const found = shallowRef<Suggested>()
  const state = ref<'none' | 'loading' | 'ready' | 'failed'>('none')
  const refusal = ref<Refusal>()
  let asked = 0

  /** From the day that is looked at, or from now where that is later. */
  async function load(order: string, day: string, isAll = false): Promise<void> {
    const mine = ++asked
    if (found.value?.order?.order !== order) {
      found.value = undefined
      state.value = 'loading'
    }
    const from = Math.max(clock.now, beginOf(day))
    const answer = await query('dispatch.suggest', { order, from, to: from + WEEK, ...(isAll && { limit: MORE }) })
    if (mine !== asked) return
    if (answer.ok) found.value = answer.value
    else refusal.value = answer.refusal
    state.value = answer.ok ? 'ready' : 'failed'
  }
  function clear(): void {
    asked++
    found.value = undefined
    state.value = 'none'
  }
  return { found, state, refusal, load, clear }
})
