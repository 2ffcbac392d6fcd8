import { ref, watch } from 'vue'
import { defineStore } from 'pinia'
import type { QueryOutput } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import type { SettingName } from '#shared/domain/setting/settings.ts'
import { command, query } from '../../api/client.ts'
import { useSettings } from '../../app/settings.ts'

export type ListedSetting = QueryOutput['setting.list']['settings'][number]

/** Settings with who changed them when; read again whenever anybody changes one. */
export const useSettingList = defineStore('settingList', () => {
  const settings = ref<ReadonlyMap<SettingName, ListedSetting>>()
  const refusal = ref<Refusal>()

  async function load(): Promise<void> {
    const answer = await query('setting.list', {})
    refusal.value = answer.ok ? undefined : answer.refusal
    if (answer.ok) settings.value = new Map(answer.value.settings.map((setting) => [setting.name, setting]))
  }
  const live = useSettings()
  watch(
    () => live.values,
    () => {
      if (settings.value) void load()
    },
  )

  /** @param base the last change that was seen, null: none */
  async function save(name: SettingName, value: unknown, base: string | null): Promise<Refusal | undefined> {
    const answer = await command('setting.change', { name, value, base })
    if (!answer.ok) return answer.refusal
    await load()
    return undefined
  }
  return { settings, refusal, load, save }
})
