import { computed, ref, watch } from 'vue'
import { defineStore } from 'pinia'
import { reconnect } from '../api/client.ts'

/** Shorter interruptions are not worth a word: it comes back by itself. */
const WORTH_A_WORD_MS = 3_000

/** Whether what is on the screen is live, and else as of when (UTC ms of the service center). */
export const useConnection = defineStore('connection', () => {
  const live = ref<boolean>()
  const asOf = ref<number>()
  /** By this computer's own count, ms since the page began; undefined while it is live. */
  const cutAt = ref<number>()
  const isLong = ref(false)
  const hasNetwork = ref(navigator.onLine)
  window.addEventListener('online', () => (hasNetwork.value = true))
  window.addEventListener('offline', () => (hasNetwork.value = false))

  const set = (connected: boolean): void => {
    live.value = connected
    cutAt.value = connected ? undefined : (cutAt.value ?? performance.now())
  }
  const fresh = (now: number): void => {
    asOf.value = now
  }
  watch(cutAt, (since, _before, onCleanup) => {
    isLong.value = false
    if (since === undefined) return
    const timer = setTimeout(() => (isLong.value = true), WORTH_A_WORD_MS)
    onCleanup(() => clearTimeout(timer))
  })
  /** Cut off for so long that people should be told what still works. */
  const isCut = computed(() => isLong.value && live.value === false)
  return { live, asOf, cutAt, isCut, hasNetwork, set, fresh, reconnect }
})
