import type { Card } from '#shared/contract/board.ts'
import type { IconName } from '../../design/icons.ts'
import { i18n } from '../../words/index.ts'
import { duration, roughDuration } from '../../words/time.ts'

/** Due soon: the last fifth of the limit. */
const SOON_SHARE = 0.2
const MINUTE = 60_000
const { t } = i18n.global

export type Meaning = 'amber' | 'red' | 'ice' | 'violet' | 'none'
export interface Countdown {
  readonly meaning: Meaning
  readonly icon: IconName | null
  readonly text: string
}

type Timed = Pick<Card, 'status' | 'dueAt' | 'limitMs' | 'breached' | 'frozen' | 'paused' | 'enteredAt'>

/** From ten hours on, minutes help nobody. */
const brief = (ms: number): string => (ms < 10 * 3_600_000 ? duration(ms) : roughDuration(ms))

/** The promise of a card's stage at `now` (UTC ms of the service center). A stage at exactly its limit has missed. */
export function countdown(card: Timed, now: number): Countdown {
  if (card.status !== 'open') return { meaning: 'none', icon: null, text: t(`status.${card.status}`) }
  if (card.frozen) return { meaning: 'ice', icon: 'frozen', text: t('countdown.frozen') }
  const { dueAt, limitMs } = card
  if (dueAt !== null && (card.breached || now >= dueAt)) {
    return { meaning: 'red', icon: 'broken', text: now - dueAt < MINUTE && now >= dueAt ? t('countdown.justOver') : t('countdown.over', { time: brief(now - dueAt) }) }
  }
  if (card.breached) return { meaning: 'red', icon: 'broken', text: t('countdown.broken') }
  if (card.paused) return { meaning: 'none', icon: 'paused', text: t('countdown.paused') }
  if (dueAt === null) return { meaning: 'none', icon: null, text: now - card.enteredAt < MINUTE ? t('countdown.justBegun') : t('countdown.age', { time: brief(now - card.enteredAt) }) }
  const left = dueAt - now
  const text = left < MINUTE ? t('countdown.lastMinute') : t('countdown.left', { time: brief(left) })
  if (limitMs !== null && left <= limitMs * SOON_SHARE) return { meaning: 'amber', icon: 'clock', text }
  return { meaning: 'none', icon: null, text }
}
