import * as z from 'zod'
import { ROLES } from '../domain/user/fold.ts'
import { instant } from './common.ts'
import { defineQuery } from './define.ts'

const count = z.number().int()
const load = {
  id: z.string(),
  name: z.string(),
  /** Open orders that they own or, of a team, that were given to it. */
  open: count,
  /** Of those, the ones whose stage timer or promise has passed. */
  broken: count,
}

export const workloadNow = defineQuery({
  name: 'workload.now',
  summary: 'Who carries how much: open orders, broken promises and today’s appointments by person, and orders by service provider.',
  input: z.object({}),
  output: z.object({
    now: instant,
    /** Whoever owns an open order or has an appointment today, those with most broken promises first. */
    people: z.array(
      z.object({
        ...load,
        roles: z.array(z.enum(ROLES)),
        /** Open orders whose visit is booked with them. */
        booked: count,
        /** Appointments that touch today. */
        today: count,
        absent: z.boolean(),
      }),
    ),
    teams: z.array(z.object(load)),
    /** Open orders that nobody owns. */
    unowned: count,
  }),
  permission: { action: 'read', subject: 'Wall' },
  audience: ['desk', 'wall'],
})
