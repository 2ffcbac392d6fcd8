import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import { onServerTime, query } from '../api/client.ts'
import { lookingBack } from '../api/lookingBack.ts'

/** Below this the difference is only the way of the message. */
const NOISE_MS = 1_500
/** From here on a person should know that the computer's clock is wrong. */
const WRONG_MS = 120_000
/** The clock was set, or the computer slept: only the service center knows which. */
const JUMP_MS = 5_000

/**
 * The time of the service center: this machine's clock may be wrong by a day, and countdowns must not be. Ticks once
 * a second; countdowns round to minutes, so that a card repaints once a minute.
 */
export const useClock = defineStore('clock', () => {
  const offset = ref(0)
  // The clock of a moment that is looked back at stands still.
  const now = ref(lookingBack?.at ?? Date.now())
  let lastTick = { wall: Date.now(), steady: performance.now() }
  setInterval(tick, 1000)

  function tick(): void {
    const wall = Date.now()
    const steady = performance.now()
    const jumped = Math.abs(wall - lastTick.wall - (steady - lastTick.steady)) > JUMP_MS
    lastTick = { wall, steady }
    now.value = lookingBack?.at ?? wall + offset.value
    if (jumped) void query('notification.preferences', {})
  }

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
  /** How far the computer's clock is ahead of the service center (ms, negative: behind); 0 where it is right. */
  const wrongBy = computed(() => (Math.abs(offset.value) >= WRONG_MS ? -offset.value : 0))
  return { now, minute, wrongBy, correct }
})
