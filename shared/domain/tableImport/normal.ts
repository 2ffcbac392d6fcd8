/** Zero-width characters, marks of direction, soft hyphens: nobody typed them on purpose. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
const SPACES = /[\s\u00a0\u3000]+/g
/** Letters and digits of the full width; punctuation stays as it is spelt in Chinese. */
const WIDE = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g
const DASHES = /[\u2010-\u2015\u2212\ufe63\uff0d]/g

/** As a name is kept: no invisible characters, one space where there were several, none at the ends. */
export const tidyName = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .replace(WIDE, (wide) => wide.normalize('NFKC'))
    .replace(SPACES, ' ')
    .trim()

/** As a code is kept: half-width throughout, plain dashes. */
export const tidyCode = (text: string): string => tidyName(text).normalize('NFKC').replace(DASHES, '-').replace(SPACES, ' ').trim()

/** Two names are one where they differ in width, case, spaces and punctuation alone. */
export const nameKey = (text: string): string =>
  tidyName(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '')

/** Two codes are one where they differ in width, case and spaces alone. */
export const codeKey = (text: string): string => tidyCode(text).toLowerCase().replace(SPACES, '')

/** The digits, without the country's 86 before a mobile number. */
export const phoneKey = (text: string): string => text.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '')
