import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { Offer } from '#shared/contract/shiftHandover.ts'
import type { CommandInput } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { command, query, subscribe } from '../../api/client.ts'
import { useSession } from '../../app/session.ts'
import { useToasts } from '../../ui/toasts.ts'
import { i18n } from '../../words/index.ts'
import { refusalText } from '../../words/refusal.ts'

const { t } = i18n.global
/** Of many orders that change at once one reading tells. */
const PAUSE_MS = 250

/** What this person is offered, and what he offered others. */
export const useOffers = defineStore('offers', () => {
  const session = useSession()
  const toasts = useToasts()
  const toMe = ref<readonly Offer[]>([])
  const byMe = ref<readonly Offer[]>([])
  const busy = ref(false)
  let stopListening: (() => void) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const answer = await query('shiftHandover.list', {})
    if (!answer.ok) return
    toMe.value = answer.value.toMe
    byMe.value = answer.value.byMe
  }
  function listen(): void {
    const held = (id: string): boolean => [...toMe.value, ...byMe.value].some(({ orders }) => orders.some(({ card }) => card.id === id))
    stopListening ??= subscribe(
      'board',
      ({ cards }) => {
        const me = session.user?.id
        if (!cards.some((card) => (card.handoverTo !== null && (card.handoverTo === me || card.owner?.id === me)) || held(card.id))) return
        timer ??= setTimeout(() => {
          timer = undefined
          void load()
        }, PAUSE_MS)
      },
      (connected) => {
        if (connected) void load()
      },
    )
  }
  function stop(): void {
    stopListening?.()
    stopListening = undefined
    clearTimeout(timer)
    timer = undefined
  }

  async function during<Value>(work: () => Promise<Value>): Promise<Value> {
    busy.value = true
    try {
      return await work()
    } finally {
      busy.value = false
      void load()
    }
  }
  const failed = (refusal: Refusal): void => toasts.say(refusalText(refusal), 'red')

  /** The whole offer, or some orders of it. Orders that are gone meanwhile are named. */
  const answer = (offer: Offer, accepted: boolean, orders?: readonly string[]): Promise<void> =>
    during(async () => {
      if (offer.shift === null) {
        const [one] = offer.orders
        const done = await command('workOrder.answerHandover', { order: one?.card.id ?? '', accepted })
        if (!done.ok) return failed(done.refusal)
        return toasts.say(t(accepted ? 'shift.tookOne' : 'shift.declinedOne', { number: one?.card.number ?? '' }))
      }
      const done = await command('shiftHandover.answer', { shift: offer.shift, accepted, ...(orders && { orders: [...orders] }) })
      if (!done.ok) return failed(done.refusal)
      const { answered, missed } = done.value
      const said = t(accepted ? 'shift.took' : 'shift.declined', { n: answered })
      if (missed.length === 0) return toasts.say(said)
      const names = missed.map(({ number, why }) => t(`shift.missed.${why}`, { number })).join(t('list.separator'))
      toasts.say(t('shift.tookBut', { said, names }), 'red')
    })

  const withdraw = (offer: Offer): Promise<void> =>
    during(async () => {
      const [one] = offer.orders
      const done =
        offer.shift === null
          ? await command('workOrder.withdrawHandover', { order: one?.card.id ?? '' })
          : await command('shiftHandover.withdraw', { shift: offer.shift })
      if (done.ok) toasts.say(t('shift.withdrawn'))
      else failed(done.refusal)
    })

  const give = (what: CommandInput['shiftHandover.offer']): Promise<Refusal | undefined> =>
    during(async () => {
      const done = await command('shiftHandover.offer', what)
      if (!done.ok) return done.refusal
      const { offered, leftOut } = done.value
      const names = leftOut.map(({ number }) => number).join(t('list.separator'))
      toasts.say(names === '' ? t('shift.offered', { n: offered }) : t('shift.offeredBut', { n: offered, names }))
      return undefined
    })

  return { toMe, byMe, busy, load, listen, stop, answer, withdraw, give }
})
