import { createHash } from 'node:crypto'
import { codeKey, nameKey } from '#shared/domain/tableImport/normal.ts'
import type { TableRow } from '#shared/domain/tableImport/row.ts'
import { one, type ReadableDb } from '../../../store/sql.ts'
import { given, Issues, valuesOf, type PlanContext, type Planner, type RowPlan, type Step } from '../plan.ts'
import { customerNamed, isRefused, machineWith, type Reference } from './references.ts'

const PERSONAL = ['contactName', 'contactPhone', 'siteAddress'] as const
const FIELDS = ['faultSymptom', 'faultCategory', 'priority'] as const

/** By its number in the system that it comes from; without one, by what it is about and when it began. */
function identityOf(row: TableRow): string {
  const { text, number } = valuesOf(row)
  const own = text('number')
  const parts = own === undefined ? [nameKey(text('customer') ?? ''), codeKey(text('serial') ?? ''), number('firstContactAt'), nameKey(text('faultSymptom') ?? '')] : [codeKey(own)]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22).replaceAll('-', '.')
}

const isNumberTaken = (db: ReadableDb, number: string): boolean => one(db, 'SELECT 1 FROM work_order WHERE number = ?', number) !== undefined

/** Who owns the order: a login, or a name that one person alone bears. */
function ownerOf(row: TableRow, issues: Issues, { known, user, load }: PlanContext): string | RowPlan {
  const owner = valuesOf(row).text('owner')
  if (owner === undefined) {
    // The command line is nobody who could own an order.
    if (!load('user', user).exists) return issues.refuse('owner', 'required')
    issues.warn('owner', 'noOwner')
    return user
  }
  const login = known.logins.get(owner.toLowerCase())
  if (login !== undefined) return login
  const named = known.people.get(nameKey(owner)) ?? []
  if (named.length > 1) return issues.refuse('owner', 'severalOwners', { name: owner })
  return named[0] ?? issues.refuse('owner', 'unknownOwner', { name: owner })
}

/** Open orders of another system, as they stand. */
export const orders: Planner = {
  key: identityOf,

  plan(row, context) {
    const { db, load, now } = context
    const issues = new Issues(row.line)
    const { text, number } = valuesOf(row)
    const firstContactAt = number('firstContactAt') ?? now
    for (const column of ['firstContactAt', 'enteredAt', 'firstReplyAt']) {
      const at = number(column)
      if (at !== undefined && at > now) return issues.refuse(column, 'futureTime')
      if (at !== undefined && at < firstContactAt) return issues.refuse(column, 'beforeContact')
    }
    const id = `table.${identityOf(row)}`
    const own = text('number')
    if (load('workOrder', id).registered || (own !== undefined && isNumberTaken(db, own))) {
      issues.warn('number', 'orderKnown')
      return { action: 'skip', steps: [], issues: issues.list }
    }
    const personal = given(Object.fromEntries(PERSONAL.map((field) => [field, text(field)])))
    const { contactName, contactPhone, siteAddress } = personal
    const contact = given({ contactName, contactPhone, address: siteAddress })
    const customer = customerNamed(text('customer') ?? '', issues, context, contact)
    if (isRefused(customer)) return customer
    const machine = machineOf(row, issues, context, customer.id)
    if (machine && isRefused(machine)) return machine
    const owner = ownerOf(row, issues, context)
    if (typeof owner !== 'string') return owner
    const promise = promiseOf(row, issues)
    const stated = Object.fromEntries(FIELDS.map((field) => [field, text(field)]))
    const input = {
      ...(own !== undefined && { number: own }),
      customer: customer.id,
      equipment: machine?.id ?? null,
      fields: given({ ...stated, ...personal }),
      stage: text('stage') ?? 'intakeReview',
      channel: text('channel') ?? 'other',
      firstContactAt,
      ...given({ enteredAt: number('enteredAt'), firstReplyAt: number('firstReplyAt') }),
      owner,
      ...(promise && { promise }),
    }
    const steps: Step[] = [customer, machine].flatMap((found) => found?.step ?? [])
    steps.push({ id, name: 'tableImport.takeOver', input })
    const note = (): void => {
      customer.note?.()
      machine?.note?.()
    }
    return { action: 'create', steps, issues: issues.list, note }
  },
}

function machineOf(row: TableRow, issues: Issues, context: PlanContext, customer: string): Reference | RowPlan | undefined {
  const { text } = valuesOf(row)
  const serial = text('serial')
  return serial === undefined ? undefined : machineWith({ serial, model: text('model'), customer }, issues, context)
}

function promiseOf(row: TableRow, issues: Issues): object | undefined {
  const { text, number } = valuesOf(row)
  const [step, by, waitsOn] = [text('nextStep'), number('promiseBy'), text('waitsOn')]
  if (step === undefined && by === undefined && waitsOn === undefined) return undefined
  if (step === undefined) issues.warn('nextStep', 'promiseWithout')
  return given<string | number>({ step, by, waitsOn })
}
