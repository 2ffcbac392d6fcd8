import { shallowRef, watch } from 'vue'
import { defineStore } from 'pinia'
import { defaultSettings, SETTING_NAMES, settingOf, type SettingValues } from '#shared/domain/setting/settings.ts'
import { query, subscribe } from '../api/client.ts'
import { usePreferences } from './preferences.ts'
import { useSession } from './session.ts'

/** What is set for the whole service center, live: `settings.values['board.wipLimits']`. Defaults until it is read. */
export const useSettings = defineStore('settings', () => {
  const values = shallowRef<SettingValues>(defaultSettings())
  let stop: (() => void) | undefined

  const take = (stored: Readonly<Record<string, unknown>>): void => {
    values.value = Object.fromEntries(SETTING_NAMES.map((name) => [name, settingOf(name, stored[name])])) as SettingValues
  }
  async function load(): Promise<void> {
    const answer = await query('setting.values', {})
    if (answer.ok) take(answer.value.values)
  }
  /** Read now and after each change. Done by itself for whoever signs in; a wall does it with its token. */
  function listen(): void {
    if (stop) return
    void load()
    stop = subscribe(
      'setting',
      (message) => take(message.values),
      (connected) => {
        if (connected) void load()
      },
    )
  }
  function quit(): void {
    stop?.()
    stop = undefined
  }
  watch(
    () => values.value['company.language'],
    (language) => usePreferences().speak(language),
  )
  const session = useSession()
  watch(
    () => session.state,
    (state) => {
      if (state === 'signedIn') listen()
      else if (state === 'signedOut') quit()
    },
    { immediate: true },
  )
  return { values, listen }
})
