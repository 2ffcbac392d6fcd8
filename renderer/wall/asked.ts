import { onUnmounted, shallowRef, type ShallowRef } from 'vue'
import type { Result } from '#shared/domain/kernel/refusal.ts'

const EVERY_MS = 30_000

/** Answers of the pages that are not on the wall now: shown at once when their turn comes, then asked anew. */
const kept = new Map<string, ShallowRef<unknown>>()

/** What a page shows: asked when it comes up and every half minute; a failure leaves what was there. */
export function useAsked<Value>(name: string, ask: () => Promise<Result<Value>>): ShallowRef<Value | undefined> {
  const value = (kept.get(name) ?? shallowRef<Value>()) as ShallowRef<Value | undefined>
  kept.set(name, value)
  let shown = true
  const look = async (): Promise<void> => {
    const answer = await ask()
    if (answer.ok && shown) value.value = answer.value
  }
  const timer = setInterval(() => void look(), EVERY_MS)
  onUnmounted(() => {
    shown = false
    clearInterval(timer)
  })
  void look()
  return value
}
