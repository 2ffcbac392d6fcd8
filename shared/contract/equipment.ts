import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { base, done, id, line, text } from './common.ts'

export const equipmentRow = z.object({
  id,
  customer: z.object({ id, name: z.string() }).nullable(),
  model: z.string(),
  serial: z.string(),
  firmware: z.string().nullable(),
  batch: z.string().nullable(),
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

export const findEquipment = defineQuery({
  name: 'equipment.find',
  summary: 'Machines by the start of serial or model, of one customer or of all.',
  input: z.object({
    text: text(80).default(''),
    customer: id.optional(),
    limit: z.number().int().min(1).max(100).default(20),
  }),
  output: z.object({ equipment: z.array(equipmentRow) }),
  permission: { action: 'read', subject: 'Equipment' },
})
