import type { ClockPiece } from './types.ts'

/** Appends a copy, and grows the last piece instead where it merely goes on: 24/7 is one piece, not one a day. */
export function appendPiece(pieces: ClockPiece[], next: ClockPiece): void {
  if (next.to <= next.from) return
  const last = pieces.at(-1)
  if (
    last !== undefined &&
    last.to === next.from &&
    last.kind === next.kind &&
    last.reason === next.reason &&
    last.assumed === next.assumed
  ) {
    last.to = next.to
  } else {
    pieces.push({ ...next })
  }
}
