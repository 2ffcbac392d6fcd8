import { phoneParts } from '#shared/domain/kernel/phone.ts'
import { i18n } from './index.ts'

/** A telephone number with its extension, as one reads it out. */
export function phoneText(phone: string): string {
  const { number, extension } = phoneParts(phone)
  return extension === null ? number : i18n.global.t('phone.extension', { number, extension })
}

/** What a telephone dials: the number, a pause, the extension. */
export function phoneLink(phone: string): string {
  const { number, extension } = phoneParts(phone)
  return `tel:${number.replace(/[^\d+]/g, '')}${extension === null ? '' : `,${extension}`}`
}
