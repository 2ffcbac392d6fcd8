import * as z from 'zod'
import { STAGES } from '../workOrder/stages.ts'
import { ROLES } from '../user/fold.ts'

/**
 * The state engine as data (DESIGN §5): versioned, published as an event, checked when published. An order finishes
 * the stage that it is in under the version it entered with.
 */
const fieldId = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)
const label = z.object({ 'zh-CN': z.string().min(1).max(60), en: z.string().min(1).max(60) })

/** The next step that an order has by default. Only a person can say that it waits on the customer: that pauses. */
const step = z.object({
  label,
  waitsOn: z.enum(['us', 'supplier', 'erp']).default('us'),
  role: z.enum(ROLES),
  /** By when, where no timer of the stage runs; ms. */
  withinMs: z.number().int().positive().max(366 * 86_400_000),
})

export const workflowSchema = z.object({
  id: z.string().min(1).max(40),
  version: z.number().int().positive(),
  /** Fields that an administrator added; the built-in ones are in `workOrder/fields.ts`. */
  customFields: z.array(
    z.object({
      id: fieldId,
      label,
      type: z.enum(['text', 'longText', 'number', 'choice', 'date', 'boolean']),
      choices: z.array(z.object({ value: z.string().min(1).max(60), label })).optional(),
    }),
  ),
  stages: z.array(
    z.object({
      id: z.enum(STAGES),
      label,
      /** Shown in this stage; those required must be filled to leave it forward. */
      fields: z.array(fieldId),
      required: z.array(fieldId),
      nextStep: step,
      /** In place of `nextStep` while a part is missing. */
      frozenStep: step.optional(),
      transitions: z.array(z.object({ to: z.enum(STAGES), how: z.enum(['forward', 'sendBack', 'remoteFix']) })),
      /** What happens by itself on the way in. */
      onEnter: z.array(z.enum(['passWithoutParts', 'freezeOnShortage'])).default([]),
      /** What happens by itself on the way out. */
      onSendBack: z.array(z.enum(['releaseReservations', 'releaseAppointment'])).default([]),
    }),
  ),
})

export type WorkflowDefinition = z.output<typeof workflowSchema>
export type StageDefinition = WorkflowDefinition['stages'][number]
