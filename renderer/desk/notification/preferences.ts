import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import { defaultPreferences, isQuiet, type NoticePreferences } from '#shared/domain/notification/preferences.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { command, query } from '../../api/client.ts'
import { useClock } from '../../app/clock.ts'
import { useSettings } from '../../app/settings.ts'

const HOUR_MS = 3_600_000

/** How this person wants to be told; kept by the service center, so that it holds at every screen. */
export const useNoticePreferences = defineStore('noticePreferences', () => {
  const clock = useClock()
  const settings = useSettings()
  const zone = computed(() => settings.values['company.timeZone'])
  const values = ref<NoticePreferences>(defaultPreferences({ sound: true, quietHours: null }))
  const refusal = ref<Refusal>()
  const isKnown = ref(false)

  async function load(): Promise<void> {
    const answer = await query('notification.preferences', {})
    refusal.value = answer.ok ? undefined : answer.refusal
    if (!answer.ok) return
    values.value = answer.value.preferences
    isKnown.value = true
  }
  /** Shown at once; what the service center does not take is shown as it was. */
  async function change(part: Partial<NoticePreferences>): Promise<void> {
    const before = values.value
    values.value = { ...before, ...part }
    const answer = await command('notification.setPreferences', { preferences: values.value })
    refusal.value = answer.ok ? undefined : answer.refusal
    if (!answer.ok) values.value = before
  }

  const quiet = computed(() => isQuiet(values.value, clock.minute, zone.value))
  /** Do not disturb until then, UTC ms; the weekly hours are another matter. */
  const pausedUntil = computed(() => {
    const { quietUntil } = values.value
    return quietUntil !== null && clock.minute < quietUntil ? quietUntil : undefined
  })
  /** Do not disturb for an hour; again: now one may. */
  const toggleQuiet = (): Promise<void> =>
    change({ quietUntil: pausedUntil.value === undefined ? Math.round(clock.now) + HOUR_MS : null })

  return { values, refusal, isKnown, zone, quiet, pausedUntil, load, change, toggleQuiet }
})
