import { computed, onBeforeUnmount, onMounted, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { QueryOutput } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { addDays, dayNumber } from '#shared/domain/roster/zoneTime.ts'
import { query, subscribe } from '../../api/client.ts'
import { useClock } from '../../app/clock.ts'
import { dayOf, fromInput } from '../../words/time.ts'

export type WeekEngineer = QueryOutput['roster.shifts']['engineers'][number]
export type WeekShift = WeekEngineer['shifts'][number]

/** 1970-01-01 was a Thursday. */
const mondayOf = (day: string): string => addDays(day, -((dayNumber(day) + 3) % 7))

/** A week of shifts, by the day on which each begins; the week is part of the address. */
export function useShifts() {
  const route = useRoute()
  const router = useRouter()
  const clock = useClock()
  const today = computed(() => dayOf(clock.minute, clock.minute).key)
  const monday = computed(() => {
    const asked = route.query['week']
    return mondayOf(typeof asked === 'string' && /^\d{4}-\d\d-\d\d$/.test(asked) ? asked : today.value)
  })
  const days = computed(() => Array.from({ length: 7 }, (_, n) => addDays(monday.value, n)))
  const engineers = shallowRef<readonly WeekEngineer[]>()
  const refusal = ref<Refusal>()
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    const from = fromInput(`${monday.value}T00:00`)
    const answer = await query('roster.shifts', { from, to: fromInput(`${addDays(monday.value, 7)}T00:00`) })
    if (mine !== asked) return
    refusal.value = answer.ok ? undefined : answer.refusal
    if (answer.ok) engineers.value = answer.value.engineers
  }
  const go = (weeks: number): void => void router.replace({ query: { ...route.query, week: addDays(monday.value, 7 * weeks) } })
  const toToday = (): void => void router.replace({ query: { ...route.query, week: undefined } })

  watch(monday, load)
  let stop: (() => void) | undefined
  onMounted(() => {
    void load()
    stop = subscribe('roster', () => void load(), (connected) => void (connected && load()))
  })
  onBeforeUnmount(() => stop?.())
  return { today, monday, days, engineers, refusal, load, go, toToday }
}

/** Whether leave takes a part of a day. */
export const isAway = ({ absences }: WeekEngineer, day: string): boolean => {
  const span = { from: fromInput(`${day}T00:00`), to: fromInput(`${addDays(day, 1)}T00:00`) }
  return absences.some(({ from, to }) => from < span.to && to > span.from)
}
