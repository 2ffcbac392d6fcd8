import * as z from 'zod'
import { defineQuery } from './define.ts'
import { text } from './common.ts'

export const usualSymptoms = defineQuery({
  name: 'registration.symptoms',
  summary: 'Symptoms that were reported lately, those of the model first; found by a piece of them or by pinyin.',
  input: z.object({
    model: text(80).default(''),
    text: text(80).default(''),
    limit: z.number().int().min(1).max(50).default(8),
  }),
  output: z.object({
    symptoms: z.array(z.object({ id: z.string(), symptom: z.string(), category: z.string(), count: z.number().int() })),
  }),
  permission: { action: 'read', subject: 'WorkOrder' },
})
