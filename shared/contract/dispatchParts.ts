import * as z from 'zod'
import { id, instant } from './common.ts'

/** What the contracts of dispatch are put together from. */
export const read = { action: 'read', subject: 'Appointment' } as const
export const change = { action: 'change', subject: 'Appointment' } as const

export const count = z.number().int()
/** Length of time, whole ms. */
export const ms = z.number().int()
export const person = z.object({ id, name: z.string() })
export const span = z.object({ from: instant, to: instant })
/** WGS-84 degrees; null: nobody knows where. */
export const place = z.object({ lat: z.number(), lon: z.number() }).nullable()
export const skillNeed = z.object({ skill: z.string(), name: z.string(), level: count })

/** When a job is put: the same for booking, moving and trying out. */
export const when = { engineers: z.array(id).min(1).max(20), from: instant, to: instant }
