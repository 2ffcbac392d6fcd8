import { fromInput, toInput } from '../../words/time.ts'

const DAY = 86_400_000

/** Days of the calendar as text, YYYY-MM-DD; those of the company's zone wherever the screen stands. */
export const dayAt = (at: number): string => toInput(at).slice(0, 10)

/** So many days later, or earlier. */
export const dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)

/** Monday of the week that a day lies in. */
export const mondayOf = (day: string): string => dayAfter(day, -((new Date(Date.parse(day)).getUTCDay() + 6) % 7))

/** When it begins, UTC ms. */
export const beginOf = (day: string): number => fromInput(`${day}T00:00`)

export const isDay = (text: unknown): text is string => typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
