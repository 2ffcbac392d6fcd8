import { ref, watch } from 'vue'
import type { QueryInput, QueryOutput } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { query } from '../../api/client.ts'

type OrderQuery = 'workOrder.related' | 'workOrder.timeline' | 'workOrder.audit' | 'workOrder.explainDeadline' | 'pace.expected'

/** One part of the drawer: read when shown, and again whenever the order has a newer last event. */
export function useOrderPart<Name extends OrderQuery>(name: Name, of: () => { id: string; head: string }) {
  const value = ref<QueryOutput[Name]>()
  const refusal = ref<Refusal>()
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    const answer = await query(name, { order: of().id } as QueryInput[Name])
    if (mine !== asked) return
    if (answer.ok) value.value = answer.value as never
    refusal.value = answer.ok ? undefined : answer.refusal
  }
  watch(of, load, { immediate: true, deep: true })
  return { value, refusal, load }
}
