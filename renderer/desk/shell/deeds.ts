import { useRouter } from 'vue-router'
import type { DeedId, PlaceId } from '#shared/domain/desk/shortcuts.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useNoticePreferences } from '../notification/preferences.ts'
import { useHelp } from './help.ts'
import { usePlaces } from './places.ts'

/** Does what a shortcut, the palette or the menu of the desktop program names. */
export function useDeeds() {
  const router = useRouter()
  const places = usePlaces()
  const help = useHelp()
  const preferences = usePreferences()
  const notices = useNoticePreferences()

  const DEEDS: Readonly<Record<DeedId, () => void>> = {
    search: () => document.querySelector<HTMLInputElement>('#search')?.focus(),
    help: () => (help.open = true),
    theme: () => (preferences.theme = preferences.dark ? 'light' : 'dark'),
    quiet: () => void notices.toggleQuiet(),
  }
  function run(id: PlaceId | DeedId | undefined): void {
    if (id === undefined) return
    const place = places.value.find((each) => each.id === id)
    if (place) void router.push({ name: place.id })
    else if (isDeed(id)) DEEDS[id]()
  }
  const isDeed = (id: PlaceId | DeedId): id is DeedId => id in DEEDS
  return { run }
}
