/** The calendar does not offer the asked working time within three years: the calendar is wrong. */
export class NotEnoughWorkingTimeError extends Error {
  readonly code = 'notEnoughWorkingTime'

  constructor(calendarId: string) {
    super(`calendar ${calendarId} does not have enough working time within three years`)
    this.name = 'NotEnoughWorkingTimeError'
  }
}

/** @throws RangeError for anything but whole milliseconds. */
export function assertInstant(ms: number, name: string): void {
  if (!Number.isSafeInteger(ms)) throw new RangeError(`${name} must be whole milliseconds, not ${ms}`)
}

/** @throws RangeError for anything but whole milliseconds, zero or more. */
export function assertDuration(ms: number, name: string): void {
  assertInstant(ms, name)
  if (ms < 0) throw new RangeError(`${name} must not be negative: ${ms}`)
}
