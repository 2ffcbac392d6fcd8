import { phrases } from './resources.ts'
import { ADMIN, user, type Staff } from './staff.ts'
import { DAY, HOUR, MINUTE } from './workHours.ts'
import type { Life, World } from './world.ts'

/**
 * The day on which the tale ends (`until`, UTC ms): a dispatcher falls ill and a colleague stands in, another has leave
 * planned, and at the change of shifts orders are offered to the dispatcher whose login the demo desk names first.
 */
export function* lastDay(world: World, staff: Staff, until: number): Life {
  const [first = 'dispatcher', standIn = first, ill = first] = staff.of.dispatcher
  const [lead = 'lead', second = lead] = staff.of.technicalLead
  yield until - 3 * HOUR
  world.act(ADMIN, 'user.setAbsence', { user: ill, from: world.now, to: world.now + 2 * DAY, deputy: standIn })
  world.act(ADMIN, 'user.setAbsence', { user: second, from: world.now + 4 * DAY, to: world.now + 9 * DAY, deputy: lead })
  yield until - 4 * MINUTE
  // Of a tale with few orders the giver may own none.
  world.try(user(staff.of.dispatcher.at(-1) ?? first), 'shiftHandover.offer', { to: first, note: phrases.handover[0] })
}
