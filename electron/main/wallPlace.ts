export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export interface Screen {
  readonly id: number
  readonly bounds: Place
}

/**
 * Where the wall display belongs: where it was, else on the first display that is not the desk's. Undefined: there is
 * one display alone, which the desk needs.
 */
export function wallScreen(screens: readonly Screen[], desk: number, remembered: number | undefined): Screen | undefined {
  const others = screens.filter(({ id }) => id !== desk)
  return others.find(({ id }) => id === remembered) ?? others[0]
}
