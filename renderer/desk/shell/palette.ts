import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { keysOf, type DeedId } from '#shared/domain/desk/shortcuts.ts'
import type { IconName } from '../../design/icons.ts'
import { printPage } from '../../api/shell.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useSession } from '../../app/session.ts'
import { useBoard } from '../board/boardStore.ts'
import { useSelection } from '../board/selection.ts'
import { useNotices } from '../notification/notices.ts'
import { useNoticePreferences } from '../notification/preferences.ts'
import { ACTIONS } from '../order/actions.ts'
import { useActions } from '../order/actionStore.ts'
import { useOffered } from '../order/offered.ts'
import { useDeeds } from './deeds.ts'
import { fit } from '../../words/matching.ts'
import { usePlaces } from './places.ts'

/** Something that can be done from the palette. */
export interface Deed {
  readonly id: string
  readonly icon: IconName
  readonly title: string
  /** In the other language: typed, it is found, too. */
  readonly alias: string
  readonly keys: readonly string[]
  run(): void
}

/** What can be done now by this person: with the order in hand, and everywhere. */
export function usePalette() {
  const { t, locale } = useI18n()
  const router = useRouter()
  const places = usePlaces()
  const deeds = useDeeds()
  const session = useSession()
  const preferences = usePreferences()
  const board = useBoard()
  const selection = useSelection()
  const actions = useActions()
  const may = useOffered()
  const notices = useNotices()
  const noticePreferences = useNoticePreferences()

  /** In both languages, that of the screen first. */
  function words(key: string, params: Record<string, string> = {}): { title: string; alias: string } {
    const other = locale.value === 'en' ? 'zh-CN' : 'en'
    return { title: t(key, params), alias: t(key, params, { locale: other }) }
  }
  const deed = (id: string, icon: IconName, key: string, run: () => void, keys: readonly string[] = []): Deed => ({ id, icon, keys, run, ...words(key) })
  const named = (id: DeedId, icon: IconName, key: string): Deed => deed(id, icon, key, () => deeds.run(id), keysOf(id))

  const everywhere = computed<readonly Deed[]>(() => [
    ...(session.may('create', 'WorkOrder') ? [deed('register', 'plus', 'action.register', () => deeds.run('register'), keysOf('register'))] : []),
    ...places.value
      .filter(({ id }) => id !== 'register')
      .map(({ id, icon, keys }) => ({
        id,
        icon,
        keys,
        title: t('search.go', { place: t(`title.${id}`) }),
        alias: `${words(`title.${id}`).alias} ${t(`title.${id}`)}`,
        run: () => void router.push({ name: id }),
      })),
    named('theme', preferences.dark ? 'sun' : 'moon', preferences.dark ? 'deed.light' : 'deed.dark'),
    ...(preferences.theme === 'system' ? [] : [deed('system', 'system', 'deed.system', () => (preferences.theme = 'system'))]),
    deed('language', 'language', locale.value === 'en' ? 'deed.chinese' : 'deed.english', () => (preferences.language = locale.value === 'en' ? 'zh-CN' : 'en')),
    named('quiet', noticePreferences.pausedUntil === undefined ? 'bellOff' : 'bell', noticePreferences.pausedUntil === undefined ? 'deed.quietOn' : 'deed.quietOff'),
    ...(notices.unread > 0 ? [deed('readAll', 'check', 'deed.readAll', () => void notices.read())] : []),
    deed('print', 'print', 'deed.print', () => void printPage()),
    named('help', 'keyboard', 'deed.help'),
    deed('leave', 'signOut', 'deed.leave', () => void session.leave()),
  ])

  const inHand = computed(() => (selection.opened === undefined ? undefined : board.find(selection.opened)))
  const onOrder = computed<readonly Deed[]>(() => {
    const card = inHand.value
    if (!card || card.readOnly) return []
    return ACTIONS.filter((action) => action.keys !== '' && may.offered(action, card)).map((action) =>
      deed(`act-${action.name}`, action.icon, `act.${action.name}.verb`, () => void actions.start(action.name, card.id), [action.keys]),
    )
  })

  function matching(list: readonly Deed[], typed: string): readonly Deed[] {
    const scored = list.flatMap((each) => {
      const score = fit([each.title, each.alias], typed)
      return score === undefined ? [] : [{ each, score }]
    })
    return scored.sort((a, b) => a.score - b.score).map(({ each }) => each)
  }
  return { everywhere, onOrder, inHand, matching }
}
