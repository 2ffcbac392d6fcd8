import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configuration } from '#core/features/configuration/index.ts'
import { publishDefaults } from '#core/features/configuration/publishDefaults.ts'
import { customer } from '#core/features/customer/index.ts'
import { engineerDay } from '#core/features/engineerDay/index.ts'
import { equipment } from '#core/features/equipment/index.ts'
import { contract } from '#core/features/contract/index.ts'
import { knownDefect } from '#core/features/knownDefect/index.ts'
import { provider } from '#core/features/provider/index.ts'
import { search } from '#core/features/search/index.ts'
import { stock } from '#core/features/stock/index.ts'
import { user } from '#core/features/user/index.ts'
import { workOrder } from '#core/features/workOrder/index.ts'
import { LOCAL, type Principal } from '#core/kernel/access.ts'
import type { Feature } from '#core/kernel/feature.ts'
import type { Answer } from '#core/kernel/pipeline.ts'
import { openSpine, type Spine } from '#core/kernel/spine.ts'
import { readSubject } from '#core/store/eventLog.ts'
import type { CommandInput, CommandName } from '#shared/contract/registry.ts'
import type { StateOf } from '#shared/domain/folds.ts'
import type { StoredEvent } from '#shared/domain/kernel/event.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import type { Role } from '#shared/domain/user/fold.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { storeBlob } from './blobs.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
/** A Wednesday, 10:00 in Shanghai. */
export const WEDNESDAY = Date.UTC(2026, 9, 21, 2)

const PEOPLE: Readonly<Record<string, Role>> = {
  zhou: 'dispatcher',
  han: 'technicalLead',
  shen: 'supervisor',
  chen: 'engineer',
  li: 'engineer',
  wu: 'partsKeeper',
}

type Registration = CommandInput['workOrder.register']

/** All that a work order touches, on a data folder of its own, with people, and a clock that the test moves. */
export class OrderDesk {
  readonly spine: Spine
  now = WEDNESDAY
  readonly #folder = mkdtempSync(join(tmpdir(), 'loopdesk-orders-'))

  readonly features: readonly Feature[]

  /** @param more features that a story is about, beside those that every order touches */
  constructor(more: readonly Feature[] = []) {
    this.features = [configuration, user, customer, equipment, contract, provider, knownDefect, stock, engineerDay, workOrder, search, ...more]
    this.spine = openSpine({ data: this.#folder, features: this.features, clock: () => this.now })
    publishDefaults(this.spine)
    for (const [login, role] of Object.entries(PEOPLE)) {
      this.local('user.add', { login, displayName: login, roles: [role] })
    }
  }

  close(): void {
    this.spine.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  principal(user: string): Principal {
    return { actor: { kind: 'user', id: user }, roles: [PEOPLE[user] as Role], local: false }
  }

  /** A command that must be accepted. */
  as<Name extends CommandName>(user: string, name: Name, input: CommandInput[Name], id: string = randomUUID()): Answer {
    const result = this.spine.pipeline.execute({ id, name, input, actor: { kind: 'user', id: user } })
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.refusal)}`)
    return result.value
  }

  /** A command that must be refused; nothing may be written. */
  refused<Name extends CommandName>(user: string, name: Name, input: CommandInput[Name]): Refusal {
    const before = this.spine.log.head.seq
    const result = this.spine.pipeline.execute({ id: randomUUID(), name, input, actor: { kind: 'user', id: user } })
    if (result.ok) throw new Error(`${name} was accepted`)
    if (this.spine.log.head.seq !== before) throw new Error(`${name} was refused and wrote`)
    return result.refusal
  }

  local<Name extends CommandName>(name: Name, input: CommandInput[Name]): Answer {
    const result = this.spine.pipeline.execute({ id: randomUUID(), name, input, actor: LOCAL.actor })
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.refusal)}`)
    return result.value
  }

  receive(part: string, quantity: number): Answer {
    return this.as('wu', 'stock.receive', { warehouse: 'SH', part, quantity })
  }

  order(id: string): WorkOrderState {
    return this.spine.subjects.load<WorkOrderState>({ kind: 'workOrder', id }).state
  }

  stock(part: string): StateOf<'stock'> {
    return this.spine.subjects.load<StateOf<'stock'>>({ kind: 'stock', id: `SH/${part}` }).state
  }

  /** The last event of an order, the base of the next decision. */
  head(id: string): string {
    return this.spine.subjects.load({ kind: 'workOrder', id }).last?.id ?? ''
  }

  on(id: string): { order: string; base: string } {
    return { order: id, base: this.head(id) }
  }

  events(id: string): StoredEvent[] {
    return readSubject(this.spine.db, `workOrder:${id}`)
  }

  types(id: string): string[] {
    return this.events(id).map(({ type }) => type)
  }

  /** Registered on the telephone, with all that 待初审 asks for. */
  register(more: Partial<Registration> = {}): string {
    const { fields, ...rest } = more
    const answer = this.as('zhou', 'workOrder.register', {
      customer: { name: '振华机械' },
      equipment: { model: 'BR-VS200', serial: 'VS200-0117' },
      channel: 'phone',
      repliedAtCall: true,
      fields: {
        contactName: '王工',
        contactPhone: '021-5555 0117',
        faultCategory: '温度',
        faultSymptom: '出口温度波动',
        reproductionSteps: '满负荷运行十分钟后出现',
        ...fields,
      },
      ...rest,
    })
    return answer['order'] as string
  }

  /** An order in 备件锁定 or, without parts, beyond it. */
  diagnosed(parts: readonly { part: string; quantity: number }[] = [], more: Partial<Registration> = {}): string {
    const id = this.register(more)
    this.as('zhou', 'workOrder.advance', this.on(id))
    this.diagnose(id, parts)
    this.as('han', 'workOrder.advance', this.on(id))
    return id
  }

  diagnose(id: string, parts: readonly { part: string; quantity: number }[] = []): void {
    this.as('han', 'workOrder.changeFields', {
      ...this.on(id),
      fields: {
        conclusion: '温控模块老化',
        serviceMode: 'onsite',
        skillsNeeded: ['thermal'],
        partsNeeded: parts.map((need, index) => ({ line: `l${index + 1}`, warehouse: 'SH', ...need })),
      },
    })
  }

  book(id: string, engineer = 'chen', from = this.now + 24 * HOUR, hours = 2): void {
    this.as('zhou', 'workOrder.bookAppointment', { ...this.on(id), engineer, from, to: from + hours * HOUR })
  }

  /** Arrival, cause, solution and evidence. */
  work(id: string): void {
    this.as('chen', 'workOrder.recordArrival', { order: id })
    this.as('chen', 'workOrder.changeFields', { ...this.on(id), fields: { cause: '模块老化', solution: '更换模块' } })
    this.as('chen', 'workOrder.attach', {
      order: id,
      blob: storeBlob(this.spine.blobs, 'a photo').hash,
      name: '现场.jpg',
      mime: 'image/jpeg',
      kind: 'evidence',
    })
  }

  sign(id: string, kind: 'signature' | 'remoteConfirmation' = 'signature'): void {
    const blob = storeBlob(this.spine.blobs, 'a signature').hash
    this.as('chen', 'workOrder.captureSignature', { order: id, blob, signer: '王工', kind })
  }
}
