import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import { onServerTime } from '../api/client.ts'

/** Below this the difference is only the way of the message. */
const NOISE_MS = 1_500

/**
 * The time of the service center: this machine's clock may be wrong by a day, and countdowns must not be. Ticks once
 * a second; countdowns round to minutes, so that a card repaints once a minute.
 */
export const useClock = defineStore('clock', () => {
  const offset = ref(0)
  const now = ref(Date.now())
  setInterval(() => (now.value = Date.now() + offset.value), 1000)

  /** `serverNow`: what the service center said its time was, just now. */
  function correct(serverNow: number): void {
    const measured = serverNow - Date.now()
    if (Math.abs(measured - offset.value) < NOISE_MS) return
    offset.value = measured
    now.value = serverNow
  }
  onServerTime(correct)
  /** Whole minutes: what only needs a minute's precision depends on this. */
  const minute = computed(() => Math.floor(now.value / 60_000) * 60_000)
  return { now, minute, correct }
})
