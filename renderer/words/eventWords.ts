import type { Words } from '#shared/i18n/eventWords.ts'
import { i18n } from './index.ts'
import { fieldName } from './refusal.ts'
import { stepText } from './step.ts'
import { dateTime, span } from './time.ts'

const { t, te } = i18n.global

/** What puts an event into words in the language of the screen. */
export const screenWords = (nameOf: (id: string) => string): Words => ({
  t: (key, params) => t(key, { ...params }),
  te: (key) => te(key),
  nameOf,
  fieldName,
  time: (at) => dateTime(at, Date.now()),
  span,
  step: stepText,
})
