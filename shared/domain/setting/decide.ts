import { canonical } from '../kernel/canonical.ts'
import type { EventDraft, Json } from '../kernel/event.ts'
import { accept, refuse, type Result } from '../kernel/refusal.ts'
import type { SettingsState } from './fold.ts'
import { SETTINGS, type SettingName } from './settings.ts'

/**
 * @param base last event of this setting that the author had seen, null: none; absent: whatever holds is replaced
 * Refuses `invalidInput` (field `value…`) and `settingStale`. What holds already is no event.
 */
export function decideSetting(
  state: SettingsState,
  input: { name: SettingName; value: unknown; base?: string | null | undefined },
): Result<readonly EventDraft[]> {
  const { name } = input
  const held = state.changed[name]
  if (input.base !== undefined && input.base !== (held?.event ?? null)) return refuse('settingStale', 'value')
  const parsed = SETTINGS[name].schema.safeParse(input.value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return refuse('invalidInput', ['value', ...(issue?.path ?? [])].join('.'), { reason: issue?.message ?? '' })
  }
  const value = parsed.data as Json
  const old = held?.value ?? SETTINGS[name].default
  if (canonical(old) === canonical(value)) return accept([])
  return accept([
    {
      subject: { kind: 'settings', id: state.id },
      type: 'settingChanged',
      version: 1,
      data: { name, old: old as Json, new: value },
    },
  ])
}
