import type { Actor } from '#shared/domain/kernel/event.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import type { DemoDesk } from './desk.ts'
import { OnTheWay } from './fieldWork.ts'
import { providerFor } from './masterData.ts'
import { Waiting } from './waiting.ts'
import { FAST, type Plan } from './plan.ts'
import type { Random } from './random.ts'
import { machines, phrases, roster } from './resources.ts'
import { user } from './staff.ts'
import { afterWork, DAY, DISPATCH, HOUR, MINUTE, nextOpen, type Hours } from './workHours.ts'
import type { Life } from './world.ts'

/** Technical leads share a long day. */
const LEADS: Hours = { opens: 8 * HOUR, closes: 21 * HOUR, everyDay: true }

/** Most work is anybody's who has the skill; some asks for a level of it. */
function skillNeeded(skill: string, random: Random): string {
  const level = random.chance(0.08) ? 3 : random.chance(0.3) ? 2 : 1
  const name = roster.skills.find(({ id }) => id === skill)?.name ?? skill
  return level === 1 ? skill : `${name}-L${level}`
}

/** One order from first contact to wherever it gets, told by those who work on it. */
export class OrderLife extends Waiting {
  readonly #field: OnTheWay
  readonly #dispatcher: Actor
  readonly #lead: Actor
  /** The order that this machine had before. */
  #before: string | undefined
  #reopened = false
  #doubted = false

  constructor(desk: DemoDesk, plan: Plan) {
    super(desk, plan)
    this.#field = new OnTheWay(desk, plan)
    this.#dispatcher = user(this.random.pick(desk.staff.of.dispatcher))
    this.#lead = user(this.random.pick(desk.staff.of.technicalLead))
  }

  *live(): Life {
    yield* this.#call()
    yield* this.#reply()
    for (;;) {
      const state = this.state()
      if (state.status !== 'open') {
        if (state.status !== 'closed' || !(yield* this.#afterwards())) return
      } else {
        if (this.plan.hold?.stage === state.stage) return yield* this.#field.hold(state.stage)
        yield* this.#stage(state.stage)
      }
    }
  }

  *#stage(stage: StageId): Life {
    switch (stage) {
      case 'intakeReview':
        return yield* this.#intake()
      case 'diagnosis':
        return yield* this.#diagnosis()
      case 'partsLock':
        return yield* this.#field.partsLock()
      case 'scheduling':
        return yield* this.#field.scheduling()
      case 'onsite':
        return yield* this.#field.onsite()
      case 'signoff':
        return yield* this.#field.signoff()
    }
  }

  *#call(): Life {
    const { plan, random, world } = this
    const { customer, machine, fault, channel, hold } = plan
    const contact = random.pick(customer.contacts)
    yield plan.contactAt + (hold ? MINUTE : random.between(1, channel === 'phone' ? 5 : 7) * MINUTE)
    const unclear = !hold && random.chance(0.08)
    const unknown = !hold && random.chance(0.02)
    world.act(
      this.#dispatcher,
      'workOrder.register',
      {
        customer: { id: customer.id },
        equipment: unknown ? { model: machine.model, serial: `${machine.serial}-X${random.whole(1, 9)}` } : { id: machine.id },
        fields: {
          contactName: contact.name,
          contactPhone: contact.phone,
          siteAddress: customer.address,
          environment: machine.environment,
          faultCategory: fault.category,
          faultSymptom: fault.symptom,
          priority: plan.priority,
          ...(!unclear && { reproductionSteps: random.pick(fault.steps) }),
        },
        channel,
        firstContactAt: plan.contactAt,
        ...(channel === 'phone' && random.chance(0.96) && { repliedAtCall: true }),
        demo: true,
      },
      plan.id,
    )
    const before = this.desk.lastOf.get(machine.id)
    this.desk.lastOf.set(machine.id, { order: plan.id, at: world.now })
    this.#before = before?.order
    if (before && world.now - before.at < 30 * DAY && random.chance(0.3)) {
      world.act(this.#dispatcher, 'workOrder.link', { order: plan.id, to: before.order, kind: 'followUp' })
    }
  }

  *#reply(): Life {
    const { plan, random, world } = this
    if (this.state().firstRepliedAt !== null) return
    // A customer who waits: the two newest of 待初审 have not been answered, one is about to be too late.
    if (plan.hold?.stage === 'intakeReview') return
    yield plan.hold ? world.now + 3 * MINUTE : nextOpen(DISPATCH, world.now + random.around(4.6, 0.8) * MINUTE)
    if (random.chance(0.35)) {
      world.act(this.#dispatcher, 'workOrder.addNote', { order: plan.id, kind: 'reply', text: random.pick(phrases.replies) })
    } else {
      const by = plan.channel === 'phone' || random.chance(0.4) ? 'call' : 'message'
      world.act(this.#dispatcher, 'workOrder.recordFirstReply', { order: plan.id, by })
    }
  }

  *#intake(): Life {
    const { plan, random, world } = this
    const { fault } = plan
    yield* this.until(plan.hold ? plan.contactAt + FAST.diagnosis * MINUTE : afterWork(DISPATCH, world.now, random.around(19, 0.7) * MINUTE))
    if (!plan.hold && random.chance(0.02)) {
      world.decide(this.#dispatcher, 'cancel', plan.id, { reason: random.pick(phrases.cancel) })
      return
    }
    const twin = this.#twin()
    if (twin !== undefined) {
      world.decide(this.#dispatcher, 'merge', plan.id, { into: twin })
      return
    }
    if (this.state().fields['reproductionSteps'] === undefined) {
      world.act(this.#dispatcher, 'workOrder.addNote', { order: plan.id, kind: 'reply', text: phrases.replies[2] })
      yield* this.until(afterWork(DISPATCH, world.now, random.around(55, 0.8) * MINUTE))
      world.decide(this.#dispatcher, 'changeFields', plan.id, { fields: { reproductionSteps: random.pick(fault.steps) } })
    }
    const fields = this.state().fields
    if (typeof fields['equipment'] === 'string' && fields['serial'] !== plan.machine.serial) {
      // The machine that nobody knew turns out to be a known one.
      world.decide(this.#dispatcher, 'changeFields', plan.id, { fields: { equipment: plan.machine.id } })
    }
    world.decide(this.#dispatcher, 'advance', plan.id)
  }

  /** The order that the machine had before, where it is still open. */
  #twin(): string | undefined {
    const { plan, random, world } = this
    if (plan.hold || this.#before === undefined || !random.chance(0.5)) return undefined
    return world.order(this.#before).status === 'open' ? this.#before : undefined
  }

  *#diagnosis(): Life {
    const { plan, random, world, desk } = this
    const { fault } = plan
    yield* this.until(plan.hold ? world.now + 30 * MINUTE : afterWork(LEADS, world.now, random.around(46, 0.78) * MINUTE))
    if (!plan.hold && !this.#doubted && random.chance(0.045)) {
      this.#doubted = true
      world.decide(this.#lead, 'sendBack', plan.id, { reason: random.pick(phrases.sendBack.intakeReview) })
      return
    }
    if (random.chance(0.3)) world.act(this.#lead, 'workOrder.addNote', { order: plan.id, text: random.pick(phrases.notes) })
    if (!plan.hold && random.chance(0.05)) yield* this.#handover()
    if (random.chance(0.05)) {
      world.act(this.#lead, 'workOrder.changeCollaborators', { order: plan.id, add: [random.pick(desk.staff.engineers).id] })
    }
    const remote = !plan.hold && random.chance(fault.remote)
    const needsParts = plan.hold ? plan.hold.stage === 'partsLock' : !remote && random.chance(fault.partShare)
    const provider = remote ? undefined : providerFor(plan.customer, random.fork('provider'))
    world.decide(this.#lead, 'changeFields', plan.id, {
      fields: {
        ...(provider !== undefined && { provider }),
        conclusion: random.pick(fault.conclusions),
        serviceMode: remote ? 'remote' : 'onsite',
        skillsNeeded: [skillNeeded(fault.skill, random.fork('level'))],
        // What an earlier closing issued stays on the list.
        partsNeeded: [...this.state().issued, ...(needsParts ? this.#parts() : [])],
      },
    })
    world.decide(this.#lead, remote ? 'fixRemotely' : 'advance', plan.id)
  }

  #parts(): object[] {
    const { plan, random, desk } = this
    const near = ['上海', '宁波'].includes(plan.customer.city) ? 'SH-02' : 'SZ-01'
    const warehouse = random.chance(0.9) ? near : random.pick(machines.warehouses).code
    const taken = Math.max(0, ...this.state().issued.map((need) => Number(need.line)))
    const line = (part: string, index: number) => ({
      line: String(taken + index + 1),
      part,
      warehouse,
      // A held order that is to be frozen wants one piece more than there are.
      quantity: plan.hold?.how === 'frozen' ? Math.max(1, desk.store.available(warehouse, part) + 1) : 1,
    })
    const own = plan.fault.parts.length > 0 ? plan.fault.parts : ['P-LENS-0302']
    const first = plan.hold?.how === 'frozen' ? this.#scarce() : random.pick(own)
    const second = !plan.hold && own.length > 1 && random.chance(0.2) ? own.find((part) => part !== first) : undefined
    return [first, ...(second === undefined ? [] : [second])].map(line)
  }

  /** Of the dear parts that are kept by ones and twos, the one with the emptiest shelf. */
  #scarce(): string {
    const dear = [...machines.parts].sort((a, b) => a.start - b.start).slice(0, 5)
    const left = (part: string): number => this.desk.store.available('SZ-01', part)
    return dear.reduce((least, next) => (left(next.part) < left(least.part) ? next : least)).part
  }

  *#handover(): Life {
    const { plan, random, world, desk } = this
    const { owner } = this.state()
    const to = random.pick(desk.staff.of.dispatcher.filter((login) => login !== owner))
    world.decide(user(owner ?? to), 'offerHandover', plan.id, { to, note: random.pick(phrases.handover) })
    yield world.now + random.around(12, 0.8) * MINUTE
    if (this.state().handover?.to === to && this.state().status === 'open') {
      world.act(user(to), 'workOrder.answerHandover', { order: plan.id, accepted: random.chance(0.92) })
    }
  }

  /** Asked two hours after the closing, some answer in the next day: who waited long is less pleased. */
  *#survey(slow: boolean, returned: boolean): Life {
    const { plan, world } = this
    const random = plan.random.fork('survey')
    if (!random.chance(SURVEY_SHARE)) return
    yield nextOpen(DISPATCH, world.now + random.around(5, 0.9) * HOUR)
    const weights = STARS[slow || returned ? 'slow' : 'pleased'].map((weight, index) => ({ stars: index + 1, weight }))
    if (this.state().ratings.length > 0) return
    world.act(user(random.pick(this.desk.staff.of.dispatcher)), 'workOrder.recordSurvey', {
      order: plan.id,
      channel: random.chance(0.7) ? 'wechat' : 'phone',
      stars: random.weighted(weights).stars,
    })
  }

  /** After the closing: a complaint, a reopening. True where the order goes on. */
  *#afterwards(): Generator<number, boolean, void> {
    const { plan, random, world } = this
    const state = this.state()
    const slow = state.timers.some((timer) => timer.fired.length > 0)
    world.add(world.now + 2 * HOUR, this.#survey(slow, state.arrivals.length > 1))
    if (random.chance(slow ? 0.03 : 0.008)) {
      yield world.now + random.around(9, 0.8) * HOUR
      this.complain(slow ? 'overtime' : 'other')
    }
    if (this.#reopened || !random.chance(reopenShare(state))) return false
    this.#reopened = true
    yield nextOpen(DISPATCH, world.now + random.between(1, 17) * DAY)
    world.decide(user(random.pick(this.desk.staff.of.dispatcher)), 'reopen', plan.id, { reason: random.pick(phrases.reopen) })
    return true
  }
}

const SURVEY_SHARE = 0.46
/** Of 100 answers, how many give one star, two … five. */
const STARS = { pleased: [1, 2, 5, 24, 68], slow: [7, 9, 19, 37, 28] } as const

/** What was solved from afar comes back more often. */
const reopenShare = (state: WorkOrderState): number => (state.fields['serviceMode'] === 'remote' ? 0.035 : 0.02)
