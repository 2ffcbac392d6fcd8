import { ref, shallowRef } from 'vue'
import type { QueryOutput } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { query } from '../../api/client.ts'

type Found = QueryOutput['search.everything']
export const GROUPS = ['customers', 'machines', 'parts', 'people', 'contracts', 'knownDefects', 'providers'] as const satisfies readonly (keyof Found)[]
export type Group = (typeof GROUPS)[number]

const OF_EACH = 6

/** What the service center finds for a text; the answer to the latest question alone is shown. */
export function useFound() {
  const found = shallowRef<Found>()
  const refusal = ref<Refusal>()
  let asked = 0

  async function find(text: string): Promise<void> {
    const mine = ++asked
    const answer = await query('search.everything', { text, limit: OF_EACH })
    if (mine !== asked) return
    refusal.value = answer.ok ? undefined : answer.refusal
    found.value = answer.ok ? answer.value : undefined
  }
  function forget(): void {
    asked += 1
    found.value = undefined
    refusal.value = undefined
  }
  return { found, refusal, find, forget }
}
