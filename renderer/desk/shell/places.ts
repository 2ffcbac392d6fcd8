import { computed } from 'vue'
import { useRouter, type Router } from 'vue-router'
import type { Action, PermissionSubject } from '#shared/contract/define.ts'
import { keysOf, PLACES, type PlaceId } from '#shared/domain/desk/shortcuts.ts'
import type { Role } from '#shared/domain/user/fold.ts'
import type { IconName } from '../../design/icons.ts'
import { useSession } from '../../app/session.ts'

interface Place {
  readonly icon: IconName
  readonly needs: readonly [Action, PermissionSubject]
  /** Where it stands in the navigation; `none`: reached in another way. */
  readonly side: 'top' | 'bottom' | 'none'
  /** It is of use to this role alone. */
  readonly role?: Role
}

/** A place is shown where the router has a page of its name and the person may see it. */
const DETAILS: Record<PlaceId, Place> = {
  board: { icon: 'board', needs: ['read', 'WorkOrder'], side: 'top' },
  promises: { icon: 'clock', needs: ['read', 'WorkOrder'], side: 'top' },
  insight: { icon: 'lanes', needs: ['read', 'WorkOrder'], side: 'top' },
  orders: { icon: 'note', needs: ['read', 'WorkOrder'], side: 'top' },
  register: { icon: 'phone', needs: ['create', 'WorkOrder'], side: 'top' },
  dispatch: { icon: 'route', needs: ['read', 'Appointment'], side: 'top' },
  dispatchNumbers: { icon: 'chart', needs: ['read', 'Appointment'], side: 'none' },
  myDay: { icon: 'calendar', needs: ['use', 'Session'], side: 'top', role: 'engineer' },
  engineers: { icon: 'person', needs: ['read', 'Appointment'], side: 'top' },
  customers: { icon: 'people', needs: ['read', 'Customer'], side: 'top' },
  machines: { icon: 'machine', needs: ['read', 'Equipment'], side: 'top' },
  contracts: { icon: 'contract', needs: ['read', 'Customer'], side: 'top' },
  parts: { icon: 'part', needs: ['read', 'Stock'], side: 'top' },
  finance: { icon: 'money', needs: ['read', 'Finance'], side: 'top' },
  providers: { icon: 'people', needs: ['read', 'Customer'], side: 'none' },
  knownDefects: { icon: 'defect', needs: ['read', 'Equipment'], side: 'none' },
  rescue: { icon: 'broken', needs: ['read', 'WorkOrder'], side: 'top' },
  reports: { icon: 'print', needs: ['read', 'WorkOrder'], side: 'none' },
  patterns: { icon: 'star', needs: ['read', 'KnownDefect'], side: 'none' },
  timeMachine: { icon: 'undo', needs: ['read', 'Audit'], side: 'none' },
  audit: { icon: 'history', needs: ['read', 'Audit'], side: 'bottom' },
  settings: { icon: 'settings', needs: ['read', 'Configuration'], side: 'bottom' },
  notices: { icon: 'bell', needs: ['read', 'Notification'], side: 'none' },
}

export type ShownPlace = Place & { readonly id: PlaceId; readonly keys: readonly string[] }

/** Those of the places that this person may go to. */
export function usePlaces() {
  const router: Router = useRouter()
  const session = useSession()
  const isFor = ({ role }: Place): boolean => role === undefined || session.user?.roles.includes(role) === true
  return computed<ShownPlace[]>(() =>
    PLACES.filter(({ id }) => router.hasRoute(id) && session.may(...DETAILS[id].needs) && isFor(DETAILS[id])).map(({ id }) => ({
      id,
      keys: keysOf(id),
      ...DETAILS[id],
    })),
  )
}
