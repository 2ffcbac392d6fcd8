import * as z from 'zod'
import { defineCommand, defineQuery, defineTopic } from './define.ts'
import { base, day, done, id, instant, text, writtenInstant } from './common.ts'
import { HARD_CONFLICTS, LEVELS, SOFT_CONFLICTS } from '../domain/roster/types.ts'

/** Who is an engineer, what he can do and when he works. Profiles are the supervisor's, shifts the dispatcher's too. */
const read = { action: 'read', subject: 'Appointment' } as const
const shifts = { action: 'change', subject: 'Appointment' } as const
const profiles = { action: 'change', subject: 'User' } as const

export const coordinates = z.object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) })
const namedPlace = coordinates.extend({ name: text(120).default('') })
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const level = z.union(LEVELS.map((value) => z.literal(value)))
const span = z.object({ from: instant, to: instant })

const skillHeld = z.object({
  skill: id,
  level,
  certificate: text(60).default(''),
  validUntil: day.nullable().default(null),
})
const territory = z.object({ name: text(60).default(''), radiusKm: z.number().min(1).max(20_000) })
const lunch = z.object({ from: timeOfDay, to: timeOfDay, minutes: z.number().int().min(1).max(240) })

const profile = {
  skills: z.array(skillHeld).max(60),
  home: namedPlace.nullable(),
  territory: territory.nullable(),
  vehicle: id.nullable(),
  overtimeMin: z.number().int().min(0).max(720),
  lunch: lunch.nullable(),
  hourCostFen: z.number().int().min(0).max(1_000_000).nullable(),
}

const rotationShift = z.object({
  day: z.number().int().min(0).max(55),
  start: timeOfDay,
  minutes: z.number().int().min(1).max(1440),
})
const rotationShape = {
  from: day,
  until: day.nullable(),
  cycleDays: z.number().int().min(1).max(56),
  shifts: z.array(rotationShift).min(1).max(168),
}

const shift = span.extend({ id: z.string(), source: z.enum(['rotation', 'single']), day: z.string() })

const engineerRow = z.object({
  id,
  name: z.string(),
  phone: z.string(),
  hasProfile: z.boolean(),
  skills: z.array(skillHeld.extend({ name: z.string(), expired: z.boolean() })),
  home: namedPlace.nullable(),
  territory: territory.nullable(),
  vehicle: z.string().nullable(),
  overtimeMin: z.number().int(),
  lunch: lunch.nullable(),
  /** null too for whoever may not change profiles. */
  hourCostFen: z.number().int().nullable(),
  rotations: z.array(z.object({ id: z.string(), zone: z.string(), ...rotationShape })),
  absence: span.extend({ deputy: z.string().nullable() }).nullable(),
  /** Beside it, by their begin; those that are over are left out. */
  leaves: z.array(span.extend({ id: z.string() })),
  /** Last event of the profile, null: there is none; the `base` of the next change. */
  head: z.string().nullable(),
})
export type RosterEngineer = z.infer<typeof engineerRow>

const hard = z.object({
  code: z.enum(HARD_CONFLICTS),
  engineer: id.optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
/** Told with a booking, and no hindrance to it. */
export const softConflict = hard.extend({ code: z.enum(SOFT_CONFLICTS) })

export const setProfile = defineCommand({
  name: 'roster.setProfile',
  summary: 'Sets what dispatching knows of an engineer; what is not named stays.',
  input: z.object({
    engineer: id,
    skills: profile.skills.optional(),
    home: profile.home.optional(),
    territory: profile.territory.optional(),
    vehicle: profile.vehicle.optional(),
    overtimeMin: profile.overtimeMin.optional(),
    lunch: profile.lunch.optional(),
    hourCostFen: profile.hourCostFen.optional(),
    base: base.optional(),
  }),
  output: done,
  permission: profiles,
})

export const addRotation = defineCommand({
  name: 'roster.addRotation',
  summary: 'Gives an engineer shifts that come again; its id is the id of this command. Refused where shifts overlap.',
  input: z.object({ engineer: id, ...rotationShape }),
  output: done.extend({ id }),
  permission: shifts,
})

export const endRotation = defineCommand({
  name: 'roster.endRotation',
  summary: 'Says on which day the last shift of a rotation begins; before its first day: it never was.',
  input: z.object({ engineer: id, rotation: id, until: day }),
  output: done,
  permission: shifts,
})

export const skipRotationDay = defineCommand({
  name: 'roster.skipDay',
  summary: 'Takes an engineer’s shifts of rotations off a day, or puts them back.',
  input: z.object({ engineer: id, day, skip: z.boolean() }),
  output: done,
  permission: shifts,
})

export const addShift = defineCommand({
  name: 'roster.addShift',
  summary: 'Gives an engineer a single shift, across midnight too; its id is the id of this command.',
  input: z.object({ engineer: id, from: writtenInstant, to: writtenInstant }),
  output: done.extend({ id }),
  permission: shifts,
})

export const changeShift = defineCommand({
  name: 'roster.changeShift',
  summary: 'Moves a single shift.',
  input: z.object({ engineer: id, shift: id, day, from: writtenInstant, to: writtenInstant }),
  output: done,
  permission: shifts,
})

export const removeShift = defineCommand({
  name: 'roster.removeShift',
  summary: 'Takes a single shift away; `day`: on which it begins.',
  input: z.object({ engineer: id, shift: id, day }),
  output: done,
  permission: shifts,
})

export const addLeave = defineCommand({
  name: 'roster.addLeave',
  summary: 'Gives an engineer one more leave; its id is the id of this command. What is booked within it is told, and stays.',
  input: z.object({ engineer: id, from: instant, to: instant }),
  output: done.extend({ id, booked: z.array(span.extend({ order: id, number: z.string() })) }),
  permission: shifts,
})

export const withdrawLeave = defineCommand({
  name: 'roster.withdrawLeave',
  summary: 'Takes a leave back.',
  input: z.object({ engineer: id, leave: id }),
  output: done,
  permission: shifts,
})

export const rosterEngineers = defineQuery({
  name: 'roster.engineers',
  summary: 'The engineers by name: profile, rotations, leave.',
  input: z.object({ engineer: id.optional() }),
  output: z.object({ now: instant, zone: z.string(), engineers: z.array(engineerRow) }),
  permission: read,
})

export const rosterShifts = defineQuery({
  name: 'roster.shifts',
  summary: 'Shifts, leave and bookings of engineers over a span of at most 62 days.',
  input: z.object({ from: instant, to: instant, engineers: z.array(id).max(500).optional() }),
  output: z.object({
    zone: z.string(),
    engineers: z.array(
      z.object({
        id,
        name: z.string(),
        shifts: z.array(shift),
        skipped: z.array(z.string()),
        absences: z.array(span),
        booked: z.array(span.extend({ appointment: z.string(), order: z.string() })),
        /** Shifts of another desk that came too late: they overlap one that was there first. */
        lost: z.array(span.extend({ id: z.string(), by: z.string() })),
      }),
    ),
  }),
  permission: read,
})

export const checkBooking = defineQuery({
  name: 'roster.checkBooking',
  summary: 'What would forbid booking these engineers for an order, and what is worth a word.',
  input: z.object({
    order: id,
    engineer: id,
    crew: z.array(id).max(9).default([]),
    from: instant,
    to: instant,
  }),
  output: z.object({ hard: z.array(hard), soft: z.array(softConflict) }),
  permission: read,
})

export const visitOf = defineQuery({
  name: 'roster.visit',
  summary: 'What a visit for an order asks: place, skills, length as planned and as learnt; null where there is no such order.',
  input: z.object({ order: id }),
  output: z.object({
    visit: z
      .object({
        place: coordinates.nullable(),
        siteName: z.string(),
        minutes: z.number().int(),
        planned: z.object({
          minutes: z.number().int().nullable(),
          crew: z.number().int(),
          after: z.array(z.object({ id, number: z.string() })),
          windows: z.array(span),
        }),
        learnt: z.object({
          medianMin: z.number().int(),
          p80Min: z.number().int(),
          count: z.number().int(),
          basis: z.enum(['symptomAndModel', 'symptom', 'all', 'default']),
        }),
        skills: z.array(z.object({ skill: id, name: z.string(), level })),
        unknownSkills: z.array(z.string()),
      })
      .nullable(),
  }),
  permission: read,
})

export const rosterChanged = defineTopic({
  name: 'roster',
  summary: 'Profile, shifts, leave or bookings of engineers changed; whoever shows them asks anew.',
  message: z.object({ now: instant, engineers: z.array(z.string()), skills: z.boolean() }),
  permission: read,
})
