import { Temporal } from 'temporal-polyfill'
import type { ContractKind, Coverage } from './fold.ts'

/** 保内, 合同内, 保外, or nobody knows when the warranty ends. */
export const COVER_STATES = ['inWarranty', 'inContract', 'outOfWarranty', 'unknown'] as const
export type CoverState = (typeof COVER_STATES)[number]

interface Covering {
  readonly id: string
  readonly number: string
  readonly kind: ContractKind
  readonly coverage: Coverage
  readonly from: string
  readonly to: string
  readonly responseHours: number | null
}
export interface CoverOf {
  readonly state: CoverState
  readonly until: string | null
  /** Whole days after `day` that it still holds. */
  readonly daysLeft: number | null
  readonly contract: Omit<Covering, 'from' | 'to'> | null
}

/** What is best for the customer counts first. */
const RANK: Readonly<Record<Coverage, number>> = { warranty: 0, contract: 1, goodwill: 2, chargeable: 3 }

/**
 * Who pays for work on a machine on a day (YYYY-MM-DD in the desk's zone, both ends of every term within it). The
 * machine's own warranty goes before contracts; a contract that charges for each job covers nothing, and is named.
 */
export function coverOn(day: string, warrantyUntil: string | null, contracts: readonly Covering[]): CoverOf {
  const [best] = contracts
    .filter(({ from, to }) => from <= day && day <= to)
    .sort((a, b) => RANK[a.coverage] - RANK[b.coverage] || (a.to < b.to ? 1 : -1))
  const contract = best ? named(best) : null
  if (warrantyUntil !== null && day <= warrantyUntil) return lasting('inWarranty', day, warrantyUntil, contract)
  if (!best || best.coverage === 'chargeable') {
    return { state: warrantyUntil === null ? 'unknown' : 'outOfWarranty', until: null, daysLeft: null, contract }
  }
  return lasting(best.coverage === 'warranty' ? 'inWarranty' : 'inContract', day, best.to, contract)
}

function lasting(state: CoverState, day: string, until: string, contract: CoverOf['contract']): CoverOf {
  const { days } = Temporal.PlainDate.from(day).until(Temporal.PlainDate.from(until))
  return { state, until, daysLeft: days, contract }
}

const named = ({ id, number, kind, coverage, responseHours }: Covering) => ({ id, number, kind, coverage, responseHours })

/** Where a contract stands on a day (YYYY-MM-DD), both ends of its term within it. */
export function standingOn(
  { from, to, active }: { readonly from: string; readonly to: string; readonly active: boolean },
  day: string,
): 'stopped' | 'ended' | 'coming' | 'holds' {
  if (!active) return 'stopped'
  if (to < day) return 'ended'
  return from > day ? 'coming' : 'holds'
}
