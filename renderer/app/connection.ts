import { ref } from 'vue'
import { defineStore } from 'pinia'

/** Whether what is on the screen is live, and else as of when (UTC ms of the service center). */
export const useConnection = defineStore('connection', () => {
  const live = ref<boolean>()
  const asOf = ref<number>()
  const set = (connected: boolean): void => {
    live.value = connected
  }
  const fresh = (now: number): void => {
    asOf.value = now
  }
  return { live, asOf, set, fresh }
})
