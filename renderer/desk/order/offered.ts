import type { Card } from '#shared/contract/board.ts'
import type { Action as Permission } from '#shared/contract/define.ts'
import { useAbsences } from '../../app/absences.ts'
import { useSession } from '../../app/session.ts'

interface Offer {
  readonly needs: Permission
  readonly fits: (card: Card) => boolean
  /** Gives the order away: only its owner does, who stands in for him, and who may name owners. */
  readonly gives?: true
}

/** What the person may do to an order as it stands, so that nobody fills in a form only to be refused. */
export function useOffered() {
  const session = useSession()
  const absences = useAbsences()
  absences.listen()

  /** As the service center decides it (`mayGiveFor`). What nobody owns, anybody may offer. */
  function mayGive({ owner }: Pick<Card, 'owner'>): boolean {
    const me = session.user?.id
    if (owner === null || owner.id === me || session.may('release', 'WorkOrder')) return true
    return me !== undefined && absences.awayOf(owner.id)?.standIn?.id === me
  }
  const fits = ({ fits: suits, gives }: Offer, card: Card): boolean => suits(card) && (gives !== true || mayGive(card))
  const offered = (action: Offer, card: Card): boolean => session.may(action.needs, 'WorkOrder') && fits(action, card)
  return { mayGive, fits, offered }
}
