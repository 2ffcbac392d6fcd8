import { openLines } from '#shared/domain/workOrder/parts.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import { Waiting } from './waiting.ts'
import { machines, phrases } from './resources.ts'
import { book, firstFree, unbook, user, type Engineer } from './staff.ts'
import { afterWork, DAY, DISPATCH, FIELD, HOUR, MINUTE, nextOpen, OFFICE } from './workHours.ts'
import type { Life } from './world.ts'

/** The second half of an order: parts, the visit, the signature. */
export class OnTheWay extends Waiting {
  #visit: { engineer: Engineer; from: number; to: number } | null = null
  #returned = 0

  #hurry(): void {
    for (const { warehouse, part } of this.state().freeze?.shortages ?? []) this.desk.store.order(warehouse, part, 2.2)
  }

  /** The same part from the other store room, where it has one. */
  #substitute(): void {
    const { plan, random, world, desk } = this
    const needs = this.state().fields['partsNeeded']
    if (!Array.isArray(needs)) return
    const other = (warehouse: string): string => machines.warehouses.find(({ code }) => code !== warehouse)?.code ?? warehouse
    const short = new Set(this.state().freeze?.shortages.map((shortage) => shortage.line))
    const moved = (needs as { line: string; part: string; warehouse: string; quantity: number }[]).map((need) =>
      short.has(need.line) && desk.store.available(other(need.warehouse), need.part) >= need.quantity
        ? { ...need, warehouse: other(need.warehouse) }
        : need,
    )
    world.decide(user(random.pick(desk.staff.of.partsKeeper)), 'changeFields', plan.id, { fields: { partsNeeded: moved } })
  }

  *partsLock(): Life {
    const { plan, random, world, desk } = this
    const keeper = user(random.pick(desk.staff.of.partsKeeper))
    yield* this.until(plan.hold ? world.now + 15 * MINUTE : afterWork(OFFICE, world.now, random.around(32, 0.7) * MINUTE))
    // Reopened and sent back here, its parts may all have been issued before.
    if (!this.state().freeze && openLines(this.state()).length > 0) world.decide(keeper, 'lockParts', plan.id)
    if (this.state().freeze) yield* this.#frozen()
    if (this.state().stage === 'partsLock') world.decide(keeper, 'advance', plan.id)
  }

  /** The way out of a freeze: pieces arrive, another store has one, or a supervisor lets the order go on. */
  *#frozen(): Life {
    const { plan, random, world, desk } = this
    const supervisor = user(random.pick(desk.staff.of.supervisor))
    if (random.chance(0.4)) world.act(supervisor, 'workOrder.addNote', { order: plan.id, text: random.pick(phrases.notes) })
    this.#hurry()
    const released = random.chance(0.14) ? afterWork(OFFICE, world.now, random.around(9, 0.6) * HOUR) : Infinity
    let looked = random.chance(0.3) ? afterWork(OFFICE, world.now, random.around(3, 0.6) * HOUR) : Infinity
    while (this.state().freeze) {
      yield* this.until(Math.min(afterWork(OFFICE, world.now, 2 * HOUR), released, looked))
      if (!this.state().freeze) return
      if (world.now >= released) world.decide(supervisor, 'release', plan.id, { reason: random.pick(phrases.release) })
      else if (world.now >= looked) {
        looked = Infinity
        this.#substitute()
      } else this.#hurry()
    }
  }

  *scheduling(): Life {
    const { plan, random, world } = this
    const dispatcher = user(this.state().owner ?? 'dispatcher')
    yield* this.until(plan.hold ? world.now + 20 * MINUTE : afterWork(DISPATCH, world.now, random.around(34, 0.7) * MINUTE))
    let earliest = plan.hold ? world.now + 15 * MINUTE : world.now + random.around(7, 0.7) * HOUR
    if (!plan.hold && random.chance(0.09)) {
      // The customer's own wish: the clock of this stage stands still meanwhile.
      const by = nextOpen(OFFICE, world.now + random.around(2.5, 0.5) * DAY)
      const promise = { step: random.pick(phrases.waiting), waitsOn: 'customer', by }
      world.decide(dispatcher, 'setPromise', plan.id, { promise })
      yield* this.until(by - random.between(1, 8) * HOUR)
      earliest = by
    }
    this.#book(Math.max(earliest, world.now))
    if (!plan.hold && random.chance(0.05) && (this.#visit?.from ?? 0) - world.now > 6 * HOUR) {
      yield* this.until(world.now + random.between(1, 4) * HOUR)
      if (this.#visit) unbook(this.#visit.engineer, this.#visit.from)
      world.decide(dispatcher, 'cancelAppointment', plan.id, { reason: random.pick(phrases.sendBack.scheduling) })
      this.#book(world.now + random.around(22, 0.4) * HOUR)
    }
    const leaves = (this.#visit?.from ?? world.now) - random.between(25, 60) * MINUTE
    yield* this.until(plan.hold ? world.now + 10 * MINUTE : Math.max(leaves, world.now + 5 * MINUTE))
    world.decide(dispatcher, 'advance', plan.id)
  }

  /** Whoever is free first and can do it; where no window is free, the next that the desk refuses nothing of. */
  #book(earliest: number): void {
    const { plan, random, world, desk } = this
    const ms = Math.ceil(plan.fault.hours + 0.8) * HOUR
    const hours = plan.hold ? { opens: 0, closes: DAY, everyDay: true } : FIELD
    for (let from = earliest; ; from += 2 * HOUR) {
      const free = firstFree(desk.staff, random, { skill: plan.fault.skill, address: plan.customer.address, earliest: from, ms, hours, openAt: nextOpen })
      if (!free) continue
      const window = { engineer: free.engineer.id, from: free.from, to: free.from + ms }
      const booked = world.try(user('dispatcher'), 'workOrder.bookAppointment', { order: plan.id, base: world.head(plan.id), ...window })
      if (!booked.ok) continue
      book(free.engineer, window.from, window.to)
      this.#visit = { engineer: free.engineer, from: window.from, to: window.to }
      return
    }
  }

  *onsite(): Life {
    const { plan, random, world, desk } = this
    const { fault } = plan
    const from = this.#visit?.from ?? world.now
    const engineer = user(this.#visit?.engineer.id ?? 'engineer')
    yield plan.hold ? world.now + 15 * MINUTE : Math.max(world.now + 10 * MINUTE, from + random.between(-12, 35) * MINUTE)
    world.act(engineer, 'workOrder.recordArrival', { order: plan.id, engineer: engineer.id })
    const work = plan.hold ? 80 * MINUTE : random.around(fault.hours, 0.35) * HOUR
    yield* this.until(world.now + work)
    if (!plan.hold && this.#returned === 0 && random.chance(0.06)) {
      this.#returned += 1
      yield* this.#comeBack(engineer.id)
      return
    }
    for (let picture = random.whole(1, 3); picture > 0; picture--) {
      const { blob, size } = random.pick(desk.evidence)
      const file = { blob, size, name: `现场照片-${picture}.png`, mime: 'image/png', kind: 'evidence' }
      world.act(engineer, 'workOrder.attach', { order: plan.id, ...file })
    }
    world.decide(engineer, 'changeFields', plan.id, { fields: { cause: random.pick(fault.causes), solution: random.pick(fault.solutions) } })
    world.decide(engineer, 'advance', plan.id)
  }

  /** The fault stays: another diagnosis, another part or simply another day. */
  *#comeBack(engineer: string): Life {
    const { plan, random, world } = this
    const needs = this.state().fields['partsNeeded']
    const to = random.pick(Array.isArray(needs) && needs.length > 0 ? (['diagnosis', 'partsLock'] as const) : (['diagnosis', 'scheduling'] as const))
    yield world.now + random.between(5, 25) * MINUTE
    world.decide(user(engineer), 'sendBack', plan.id, { to, reason: random.pick(phrases.sendBack[to]) })
  }

  *signoff(): Life {
    const { plan, random, world, desk } = this
    const remote = this.state().fields['serviceMode'] === 'remote'
    const contact = random.pick(plan.customer.contacts)
    const quick = random.chance(remote ? 0.45 : 0.8)
    yield* this.until(
      quick ? world.now + random.around(remote ? 40 : 14, 0.6) * MINUTE : afterWork(OFFICE, world.now, random.around(3.2, 0.9) * HOUR),
    )
    if (!remote && this.#returned < 2 && random.chance(0.012)) {
      this.#returned = 2
      world.decide(user(this.#visit?.engineer.id ?? 'engineer'), 'sendBack', plan.id, { to: 'onsite', reason: random.pick(phrases.sendBack.onsite) })
      return
    }
    const { blob } = random.pick(desk.signatures)
    const kind = remote ? 'remoteConfirmation' : 'signature'
    const by = user(remote ? (this.state().owner ?? 'dispatcher') : (this.#visit?.engineer.id ?? 'engineer'))
    world.act(by, 'workOrder.captureSignature', { order: plan.id, blob, signer: contact.name, kind })
    yield* this.until(quick || remote ? world.now + random.around(6, 0.6) * MINUTE : afterWork(DISPATCH, world.now, random.around(11, 0.7) * MINUTE))
    world.decide(user(this.state().owner ?? 'dispatcher'), 'close', plan.id)
  }

  /** A held order has reached its stage: what makes it stand there. */
  *hold(stage: StageId): Life {
    const { plan, random, world } = this
    const dispatcher = user(this.state().owner ?? 'dispatcher')
    if (stage === 'scheduling') {
      yield world.now + 25 * MINUTE
      if (plan.hold?.how === 'waiting') {
        const promise = { step: random.pick(phrases.waiting), waitsOn: 'customer', by: nextOpen(OFFICE, world.now + 3 * DAY) }
        world.decide(dispatcher, 'setPromise', plan.id, { promise })
      }
    } else if (stage === 'onsite') {
      yield world.now + 15 * MINUTE
      const engineer = this.#visit?.engineer.id ?? 'engineer'
      world.act(user(engineer), 'workOrder.recordArrival', { order: plan.id, engineer })
    } else if (random.chance(0.3)) {
      yield world.now + 2 * MINUTE
      world.act(dispatcher, 'workOrder.addNote', { order: plan.id, text: random.pick(phrases.notes) })
    }
  }
}
