import { dispatch } from '#core/features/dispatch/index.ts'
import { notification } from '#core/features/notification/index.ts'
import { perceivedTime } from '#core/features/perceivedTime/index.ts'
import { roster } from '#core/features/roster/index.ts'
import { setting } from '#core/features/setting/index.ts'
import { skill } from '#core/features/skill/index.ts'
import type { Principal } from '#core/kernel/access.ts'
import { Bulletin } from '#core/kernel/bulletin.ts'
import type { Ask, Feature, ServiceContext } from '#core/kernel/feature.ts'
import { all } from '#core/store/sql.ts'
import type { CommandInput, CommandName, CommandOutput, QueryInput, QueryName, QueryOutput } from '#shared/contract/registry.ts'
import type { Proposal } from '#shared/contract/dispatchPlan.ts'
import type { Refusal, Result } from '#shared/domain/kernel/refusal.ts'
import { instantIn } from '#shared/domain/roster/zoneTime.ts'
import { HOUR, OrderDesk } from './orderDesk.ts'

/** Around 苏州, some kilometres apart. */
export const BASE = { lat: 31.3, lon: 120.6 }
const STEP = 0.05

/** The Thursday after the desk's Wednesday, by the clock in Shanghai. */
export const at = (time: string, day = '2026-10-22'): number => instantIn('Asia/Shanghai', day, time)

/** Engineers with shifts and skills, orders that wait for a visit, and plans that run in their thread. */
export class DispatchDesk extends OrderDesk {
  readonly bulletin = new Bulletin()
  #machines = 0

  /** @param more features that a story is about besides */
  constructor(more: readonly Feature[] = []) {
    super([setting, perceivedTime, skill, roster, notification, dispatch, ...more])
  }

  /** Somebody on shift 08:00–17:00 each day, who has these skills. */
  engineer(id: string, skills: readonly { skill: string; level: 1 | 2 | 3; validUntil?: string }[], more: { shift?: string; east?: number } = {}): void {
    if (!['chen', 'li'].includes(id)) this.local('user.add', { login: id, displayName: id, roles: ['engineer'] })
    this.as('shen', 'roster.setProfile', {
      engineer: id,
      skills: skills.map((held) => ({ certificate: '', validUntil: null, ...held })),
      home: { lat: BASE.lat, lon: BASE.lon + (more.east ?? 0) * STEP, name: '' },
      overtimeMin: 60,
      lunch: { from: '11:30', to: '13:30', minutes: 45 },
    })
    const shifts = [{ day: 0, start: more.shift ?? '08:00', minutes: 540 }]
    this.as('zhou', 'roster.addRotation', { engineer: id, from: '2026-10-19', until: null, cycleDays: 1, shifts })
  }

  /** An order in 预约上门, `east` steps from the base, that takes two hours; without skills it names one that no catalogue has. */
  waiting(skills: readonly string[], east = 1, priority = 'normal'): string {
    const serial = `M-${++this.#machines}`
    const id = this.diagnosed([], { equipment: { model: 'BR-VS200', serial }, fields: { priority } })
    const machine = this.order(id).fields['equipment'] as string
    this.as('shen', 'equipment.locate', { equipment: machine, place: { lat: BASE.lat, lon: BASE.lon + east * STEP } })
    if (skills.length > 0) this.as('zhou', 'workOrder.changeFields', { ...this.on(id), fields: { skillsNeeded: [...skills] } })
    return id
  }

  /** Whom the desk did not know from the first is an engineer. */
  override principal(user: string): Principal {
    const known = super.principal(user)
    return known.roles[0] === undefined ? { ...known, roles: ['engineer'] } : known
  }

  bookFor(id: string, engineers: string[], from: number, hours = 2): void {
    this.as('zhou', 'dispatch.book', { ...this.on(id), engineers, from, to: from + hours * HOUR })
  }

  async ask<Name extends QueryName>(user: string, name: Name, input: QueryInput[Name]): Promise<QueryOutput[Name]> {
    const query = this.features.flatMap(({ queries }) => queries).find(({ contract }) => contract.name === name)
    if (!query) throw new Error(`no query ${name}`)
    const answer = await query.handle(query.contract.input.parse(input) as never, { db: this.spine.db, now: this.now, principal: this.principal(user) } as never)
    return query.contract.output.parse(answer) as QueryOutput[Name]
  }

  /** A service, as the gateway calls it. */
  async serve<Name extends CommandName>(user: string, name: Name, input: CommandInput[Name]): Promise<Result<CommandOutput[Name] & object>> {
    const found = this.features.flatMap(({ services = [] }) => services).find(({ contract }) => contract.name === name)
    if (!found) throw new Error(`no service ${name}`)
    const { db, pipeline, clock, folder, subjects } = this.spine
    const ask: Ask = async (contract, asked, principal) =>
      (await this.ask(principal.actor.id, contract.name as QueryName, asked as never)) as never
    const context = { db, pipeline, clock, ask, principal: this.principal(user), bulletin: this.bulletin, center: { folder, subjects } }
    const result = await found.handle(found.contract.input.parse(input) as never, context as unknown as ServiceContext)
    if (result.ok) found.contract.output.parse(result.value)
    return result as Result<CommandOutput[Name] & object>
  }

  async served<Name extends CommandName>(user: string, name: Name, input: CommandInput[Name]): Promise<CommandOutput[Name]> {
    const result = await this.serve(user, name, input)
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.refusal)}`)
    return result.value
  }

  async serveRefused<Name extends CommandName>(user: string, name: Name, input: CommandInput[Name]): Promise<Refusal> {
    const result = await this.serve(user, name, input)
    if (result.ok) throw new Error(`${name} was accepted`)
    return result.refusal
  }

  /** A plan that has come to its end. */
  async plan(name: 'dispatch.startPlan' | 'dispatch.replan', input: CommandInput['dispatch.startPlan'] | CommandInput['dispatch.replan']): Promise<Proposal> {
    const ended = this.#planEnd()
    const { plan } = (await this.served('zhou', name, input as never)) as { plan: string }
    await ended
    const proposal = (await this.ask('zhou', 'dispatch.proposal', { plan })).plan
    if (!proposal) throw new Error('no proposal')
    return proposal
  }

  #planEnd(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.bulletin.onTold((topic, message) => {
        if (topic !== 'dispatchPlan' || (message as { state: string }).state === 'running') return
        stop()
        resolve()
      })
    })
  }

  /** What somebody was told of an order in his plan, in no order. */
  told(user: string, order: string): Record<string, unknown>[] {
    return all<{ params: string }>(
      this.spine.db,
      "SELECT params FROM notification WHERE user = ? AND order_id = ? AND kind = 'planChanged'",
      user,
      order,
    ).map(({ params }) => JSON.parse(params) as Record<string, unknown>)
  }
}
