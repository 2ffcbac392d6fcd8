import * as z from 'zod'
import { PARTIES, PRIORITIES, STAGES } from '../domain/workOrder/stages.ts'
import { id, instant, line } from './common.ts'
import { defineCommand, defineQuery, defineTopic } from './define.ts'

/** All that a wall display may do: look. Its token is no session and opens nothing else. */
const look = { permission: { action: 'read', subject: 'Wall' }, audience: ['desk', 'wall'] } as const
const manage = { permission: { action: 'manage', subject: 'Configuration' } } as const

const stage = z.enum(STAGES)
const count = z.number().int()

/** A card as a room may read it: names of company and owner, no contact, no telephone number in any text. */
const wallCard = z.object({
  id,
  number: z.string(),
  stage,
  priority: z.enum(PRIORITIES),
  customer: z.string().nullable(),
  model: z.string(),
  symptom: z.string(),
  owner: z.string().nullable(),
  nextStep: z.string().nullable(),
  nextStepKey: z.string().nullable(),
  waitsOn: z.enum(PARTIES).nullable(),
  promiseBy: instant.nullable(),
  firstContactAt: instant,
  enteredAt: instant,
  dueAt: instant.nullable(),
  limitMs: z.number().nullable(),
  breached: z.boolean(),
  frozen: z.boolean(),
  paused: z.boolean(),
  knownDefect: z.boolean(),
})
export type WallCard = z.infer<typeof wallCard>

export const wallBoard = defineQuery({
  name: 'wall.board',
  summary: 'What a wall display shows: counts, the most urgent cards of each column, the promises to save next.',
  input: z.object({ perColumn: z.number().int().min(1).max(70).default(42) }),
  output: z.object({
    now: instant,
    company: z.string(),
    zone: z.string(),
    columns: z.array(
      z.object({
        stage,
        open: count,
        /** Timer of the stage or promise of the order passed. */
        broken: count,
        /** Broken ones first, longest first; then those that break next. */
        cards: z.array(wallCard),
      }),
    ),
    /** Broke within the last ten minutes, wherever in its column: what the room is told of. */
    fresh: z.array(z.object({ id, number: z.string(), stage, brokenAt: instant })),
    /** Not broken yet, soonest first. */
    next: z.array(z.object({ id, number: z.string(), stage, customer: z.string().nullable(), owner: z.string().nullable(), by: instant })),
    settings: z.object({
      pages: z.array(z.enum(['board', 'workload', 'perceived'])),
      rotationSeconds: z.number().int(),
      sound: z.boolean(),
      language: z.enum(['zh-CN', 'en']),
    }),
  }),
  ...look,
})

export const wallChanged = defineTopic({
  name: 'wall',
  summary: 'Something that a wall display shows has changed: it asks anew.',
  message: z.object({ now: instant }),
  ...look,
})

export const wallToken = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: instant,
  createdBy: z.string(),
  /** When a display last asked with it; null: never yet. */
  usedAt: instant.nullable(),
})
export type WallToken = z.infer<typeof wallToken>

export const createWallToken = defineCommand({
  name: 'wall.createToken',
  summary: 'Makes a link for a wall display. The token is answered this once; only its digest is kept.',
  input: z.object({ name: line(60) }),
  output: z.object({ token: z.string(), wall: wallToken }),
  ...manage,
})

export const revokeWallToken = defineCommand({
  name: 'wall.revokeToken',
  summary: 'Takes a wall display’s link back; displays that show it go dark at once.',
  input: z.object({ wall: z.string().max(40) }),
  output: z.object({}),
  ...manage,
})

export const listWallTokens = defineQuery({
  name: 'wall.listTokens',
  summary: 'Links of wall displays, newest first, with when each was last used.',
  input: z.object({}),
  output: z.object({ now: instant, walls: z.array(wallToken) }),
  ...manage,
})
