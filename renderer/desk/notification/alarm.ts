import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import type { Notification } from '#shared/contract/notification.ts'
import { ringOf, SOUNDS, type Sound } from '#shared/domain/notification/preferences.ts'
import { shell } from '../../api/shell.ts'
import { useClock } from '../../app/clock.ts'
import { usePeople } from '../../app/people.ts'
import { useSession } from '../../app/session.ts'
import { useToasts } from '../../ui/toasts.ts'
import { i18n } from '../../words/index.ts'
import { noticeText, noticeWhy } from './noticeText.ts'
import { useNotices } from './notices.ts'
import { useNoticePreferences } from './preferences.ts'
import { play } from './sound.ts'

/** More at once are summed up: the screen of the system is not the place to read thirty. */
const SYSTEM_AT_ONCE = 3
const { t } = i18n.global

/** Sounds, and messages of the system, for what comes in. Of several windows of a person one rings. */
export function useAlarm(): void {
  const router = useRouter()
  const notices = useNotices()
  const preferences = useNoticePreferences()
  const clock = useClock()
  const people = usePeople()
  const session = useSession()
  const toasts = useToasts()
  let ringsHere = false
  let stopRinging: (() => void) | undefined

  /** Whoever holds the lock rings; the browser hands it on when that window closes. */
  function takeTurn(): void {
    // Only pages from a trustworthy address have locks; elsewhere each window rings for itself.
    if (!('locks' in navigator)) {
      ringsHere = true
      return
    }
    const leaving = new AbortController()
    const held = Promise.withResolvers<undefined>()
    stopRinging = () => {
      leaving.abort()
      held.resolve(undefined)
    }
    const name = `loopdesk-ring-${session.user?.id ?? ''}`
    const request = navigator.locks.request(name, { signal: leaving.signal }, () => {
      ringsHere = true
      return held.promise
    })
    // Closing before its turn came.
    request.catch(() => undefined)
  }

  async function ring(fresh: readonly Notification[]): Promise<void> {
    if (!ringsHere) return
    const { values, zone } = preferences
    const rings = fresh.map((notice) => ({ notice, ...ringOf(notice, values, clock.now, zone) }))
    const loudest = Math.max(...rings.map(({ sound }) => SOUNDS.indexOf(sound)))
    const calls = rings.filter(({ system }) => system).map(({ notice }) => notice)
    for (const notice of calls.slice(0, SYSTEM_AT_ONCE)) show(noticeText(notice, people.nameOf), noticeWhy(notice, people.nameOf), notice.order)
    if (calls.length > SYSTEM_AT_ONCE) show(t('notices.title'), t('notices.summary', { n: calls.length - SYSTEM_AT_ONCE }), null)
    const sound: Sound = SOUNDS[loudest] ?? 'none'
    if (!(await play(sound, values.volume))) toasts.say(t('notices.soundBlocked'))
  }

  function show(title: string, body: string, order: string | null): void {
    if (shell) return shell.notify({ title, body, order })
    if (!('Notification' in window) || Notification.permission !== 'granted') return
    const message = new Notification(title, { body, tag: title, icon: '/icon.svg' })
    message.onclick = () => {
      window.focus()
      message.close()
      if (order !== null) void router.push({ name: 'order', query: { ref: order } })
    }
  }

  let stopListening: (() => void) | undefined
  onMounted(() => {
    takeTurn()
    stopListening = notices.onFresh((fresh) => void ring(fresh))
  })
  onBeforeUnmount(() => {
    stopListening?.()
    stopRinging?.()
  })
}
