import { ref, shallowRef, watch } from 'vue'
import type { Refusal, Result } from '#shared/domain/kernel/refusal.ts'

/** One record, read again whenever another is meant; what was asked for an earlier one comes too late. */
export function useRecord<Record>(id: () => string, read: (id: string) => Promise<Result<Record>>) {
  const record = shallowRef<Record>()
  const refusal = ref<Refusal>()
  let asked = 0
  async function load(): Promise<void> {
    const mine = ++asked
    const answer = await read(id())
    if (mine !== asked) return
    refusal.value = answer.ok ? undefined : answer.refusal
    if (answer.ok) record.value = answer.value
  }
  watch(
    id,
    () => {
      record.value = undefined
      void load()
    },
    { immediate: true },
  )
  return { record, refusal, load }
}
