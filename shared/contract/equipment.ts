import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { base, done, id, instant, line, place, text, writtenDay } from './common.ts'
import { card } from './board.ts'
import { coordinates } from './roster.ts'
import { contractRow, cover } from './contract.ts'
import { recordHistory } from './recordHistory.ts'

export const equipmentRow = z.object({
  id,
  customer: z.object({ id, name: z.string() }).nullable(),
  model: z.string(),
  serial: z.string(),
  firmware: z.string().nullable(),
  batch: z.string().nullable(),
  deliveredOn: z.string().nullable(),
  /** Last day of the warranty. */
  warrantyUntil: z.string().nullable(),
  /** Where at the customer's it stands. */
  location: z.string(),
  /** Where it stands, if not where its customer is. */
  place: coordinates.nullable(),
  /** In use. */
  active: z.boolean(),
  /** Who pays if it fails today. */
  cover,
  openOrders: z.number().int(),
  provisional: z.boolean(),
  demo: z.boolean(),
  /** Last event: the `base` of the next change. */
  head: z.string(),
})
export type EquipmentRow = z.infer<typeof equipmentRow>

export const registerEquipment = defineCommand({
  name: 'equipment.register',
  summary: 'Registers a machine; its id is the id of this command.',
  input: z.object({
    customer: id.nullable().default(null),
    model: line(80),
    serial: line(80),
    firmware: line(80).optional(),
    batch: line(80).optional(),
    deliveredOn: writtenDay.optional(),
    warrantyUntil: writtenDay.optional(),
    location: text(120).optional(),
    /** Nobody knew this machine when the customer called. */
    provisional: z.literal(true).optional(),
    demo: z.literal(true).optional(),
  }),
  output: done.extend({ id }),
  permission: { action: 'create', subject: 'Equipment' },
})

export const changeEquipment = defineCommand({
  name: 'equipment.change',
  summary: 'Changes what is known of a machine.',
  input: z.object({
    equipment: id,
    customer: id.nullable().optional(),
    model: line(80).optional(),
    serial: line(80).optional(),
    firmware: line(80).nullable().optional(),
    batch: line(80).nullable().optional(),
    deliveredOn: writtenDay.nullable().optional(),
    warrantyUntil: writtenDay.nullable().optional(),
    location: text(120).optional(),
    active: z.boolean().optional(),
    base: base.optional(),
  }),
  output: done,
  permission: { action: 'change', subject: 'Equipment' },
})

export const confirmEquipment = defineCommand({
  name: 'equipment.confirm',
  summary: 'Confirms a provisional machine.',
  input: z.object({ equipment: id, base: base.optional() }),
  output: done,
  permission: { action: 'change', subject: 'Equipment' },
})

export const locateEquipment = defineCommand({
  name: 'equipment.locate',
  summary: 'Says where a machine stands, if not where its customer is; null: there.',
  input: z.object({ equipment: id, place: coordinates.nullable(), base: base.optional() }),
  output: done,
  permission: { action: 'change', subject: 'Equipment' },
})

export const findEquipment = defineQuery({
  name: 'equipment.find',
  summary: 'Machines by a piece of serial, model, firmware or batch or by their customer, of one customer or of all.',
  input: z.object({
    text: text(80).default(''),
    customer: id.optional(),
    limit: z.number().int().min(1).max(100).default(20),
  }),
  output: z.object({ equipment: z.array(equipmentRow) }),
  permission: { action: 'read', subject: 'Equipment' },
})

const show = z.enum(['active', 'provisional', 'inactive', 'all']).default('active')

export const listEquipment = defineQuery({
  name: 'equipment.list',
  summary: 'Machines by model and serial, of one customer or of all.',
  input: z.object({
    customer: id.optional(),
    show,
    after: place.optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ equipment: z.array(equipmentRow), next: z.string().nullable() }),
  permission: { action: 'read', subject: 'Equipment' },
})

/** Of the table `machines` of `output.open`. */
export const equipmentTableInput = z.object({ customer: id.optional(), show, text: text(80).default('') })

export const getEquipment = defineQuery({
  name: 'equipment.get',
  summary: 'A machine with warranty, contracts and orders, open ones first; null where there is none.',
  input: z.object({ equipment: id, orders: z.number().int().min(1).max(100).default(20) }),
  output: z.object({
    now: instant,
    equipment: equipmentRow.nullable(),
    contracts: z.array(contractRow),
    orders: z.array(card),
  }),
  permission: { action: 'read', subject: 'Equipment' },
})

export const equipmentHistory = defineQuery({
  name: 'equipment.history',
  summary: 'Every change of a machine, old and new, newest first.',
  input: z.object({ equipment: id }),
  output: recordHistory,
  permission: { action: 'read', subject: 'Equipment' },
})
