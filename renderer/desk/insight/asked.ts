import { onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue'
import type { Refusal, Result } from '#shared/domain/kernel/refusal.ts'
import { subscribe } from '../../api/client.ts'

/** Figures follow what happens, at most so often. */
const AGAIN_MS = 4000

/** Live: asked again when what is asked for changes, and after orders changed. The last answer stays until the next one. */
export function useAsked<Value>(ask: () => Promise<Result<Value>>, when: () => unknown) {
  const value = shallowRef<Value>() as Ref<Value | undefined>
  const refusal = ref<Refusal>()
  let generation = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const mine = ++generation
    const answer = await ask()
    if (mine !== generation) return
    refusal.value = answer.ok ? undefined : answer.refusal
    if (answer.ok) value.value = answer.value
  }
  const later = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined
      void load()
    }, AGAIN_MS)
  }
  watch(when, () => void load(), { immediate: true, deep: true })
  const stop = subscribe('board', later, () => undefined)
  onBeforeUnmount(() => {
    stop()
    clearTimeout(timer)
    generation += 1
  })
  return { value, refusal, load }
}
