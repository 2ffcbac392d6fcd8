import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { Absence } from '#shared/contract/absence.ts'
import { query, subscribe } from '../api/client.ts'
import { useClock } from './clock.ts'

/** Who is away, and who stands in: read once, and again when somebody's account changes. */
export const useAbsences = defineStore('absences', () => {
  const clock = useClock()
  const list = ref<readonly Absence[]>([])
  let isListening = false

  async function load(): Promise<void> {
    const answer = await query('absence.list', {})
    if (answer.ok) list.value = answer.value.absences
  }
  /** Whoever shows people calls it; it stays alive with the page. */
  function listen(): void {
    if (isListening) return
    isListening = true
    subscribe('absence', load, (connected) => {
      if (connected) void load()
    })
  }
  /** Away at this moment. */
  const awayOf = (user: string | null | undefined): Absence | undefined =>
    list.value.find((absence) => absence.user.id === user && absence.from <= clock.minute + 59_999 && clock.minute < absence.to)

  return { list, load, listen, awayOf }
})
