import * as z from 'zod'
import { defineQuery } from './define.ts'
import { id, instant } from './common.ts'
import { LIKENESS } from '../domain/pace/expect.ts'

/** METRICS, "expected completion ETA". */
export const expected = z.object({
  /** Signature expected: half of the orders alike had it by `at`, four fifths by `p80`; `mean` beside them. UTC ms. */
  at: instant,
  p80: instant,
  mean: instant,
  orders: z.number().int(),
  likeness: z.enum(LIKENESS),
  /** Longer than nearly every order before it. */
  beyond: z.boolean(),
  /** Frozen: the part is expected then; `by`: from how long freezes last, or what was promised. */
  part: z.object({ at: instant, by: z.enum(['history', 'promise']) }).nullable(),
})

export type Expected = z.infer<typeof expected>

export const expectedCompletion = defineQuery({
  name: 'pace.expected',
  summary: 'When the signature of an open order is expected, from past orders alike; null where fewer than 30 tell, or it is not open.',
  input: z.object({ order: id }),
  output: z.object({ now: instant, expected: expected.nullable() }),
  permission: { action: 'read', subject: 'WorkOrder' },
})
