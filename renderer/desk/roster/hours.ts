const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const timeOf = (minutes: number): string => `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Minutes from one time of day to another; an end no later is on the next day, the same time 24 hours on. */
export function minutesBetween(start: string, end: string): number {
  const between = minutesOf(end) - minutesOf(start)
  return between > 0 ? between : between + 1440
}

/** `20:00–08:00`. */
export const hoursOf = (start: string, minutes: number): string => `${start}–${timeOf(minutesOf(start) + minutes)}`
