import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import type { DemoDesk } from './desk.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import { phrases } from './resources.ts'
import { user } from './staff.ts'
import { DISPATCH, HOUR, MINUTE, nextOpen } from './workHours.ts'
import type { Life, World } from './world.ts'

/** An order's time passes: timers break and are acknowledged, customers ask again, or complain. */
export class Waiting {
  readonly desk: DemoDesk
  readonly plan: Plan
  readonly random: Random
  readonly world: World

  constructor(desk: DemoDesk, plan: Plan) {
    this.desk = desk
    this.plan = plan
    this.random = plan.random
    this.world = desk.world
  }

  state(): WorkOrderState {
    return this.world.order(this.plan.id)
  }

  /** Waits until `at` (UTC ms), and lives through what lies between. */
  *until(at: number): Life {
    const { random, world } = this
    const { timers } = this.state()
    const due = timers.flatMap((timer) => (timer.settled === null && timer.dueAt !== null ? timer.dueAt : []))
    const breaks = due.length > 0 ? Math.min(...due) : Infinity
    const moments: { at: number; what: () => void }[] = []
    if (breaks < at && random.chance(0.6)) {
      moments.push({ at: breaks + random.around(22, 0.8) * MINUTE, what: () => this.#acknowledge() })
    }
    if (at - world.now > 18 * HOUR && random.chance(0.3)) {
      const asked = nextOpen(DISPATCH, world.now + random.between(0.3, 0.9) * (at - world.now))
      moments.push({ at: asked, what: () => this.#ask() })
    }
    if (at - world.now > 60 * HOUR && random.chance(0.03)) {
      moments.push({ at: nextOpen(DISPATCH, at - random.between(1, 6) * HOUR), what: () => this.complain('overtime') })
    }
    for (const moment of moments.sort((a, b) => a.at - b.at)) {
      if (moment.at >= at) break
      yield moment.at
      moment.what()
    }
    yield at
  }

  #acknowledge(): void {
    const { plan, world, desk, random } = this
    const broken = this.state().timers.find((timer) => timer.settled === null && timer.fired.length > 0)
    if (!broken || this.state().status !== 'open') return
    const lead = user(random.pick(desk.staff.of.technicalLead))
    world.act(lead, 'workOrder.acknowledgeEscalation', { order: plan.id, visit: broken.visit, timer: broken.key })
  }

  #ask(): void {
    const { plan, world, desk, random } = this
    const channel = random.chance(0.6) ? 'phone' : 'wechat'
    const text = random.pick(phrases.inquiries)
    world.act(user(random.pick(desk.staff.of.dispatcher)), 'workOrder.recordInquiry', { order: plan.id, channel, text })
  }

  complain(cause: 'overtime' | 'other'): void {
    const { plan, world, desk, random } = this
    const text = random.pick(phrases.complaints[cause])
    world.act(user(random.pick(desk.staff.of.dispatcher)), 'workOrder.recordComplaint', { order: plan.id, channel: 'phone', cause, text })
  }
}
