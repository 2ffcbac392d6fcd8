import type { RosterEngineer } from '#shared/contract/roster.ts'

type Held = RosterEngineer['skills'][number]

/** "PLC-L3". */
export const skillText = ({ name, level }: Pick<Held, 'name' | 'level'>, t: (key: string, params: object) => string): string =>
  t('roster.skillLevel', { name, level })

const SOON_DAYS = 30

/** A certificate that ends within a month. `now`: UTC ms. */
export const isEnding = ({ validUntil }: Pick<Held, 'validUntil'>, now: number): boolean =>
  validUntil !== null && Date.parse(validUntil) - now < SOON_DAYS * 86_400_000
