import type { ClockPiece } from './types.ts'

/** Appends a copy; where the last piece merely goes on, it grows instead: 24/7 is one piece, not one a day. */
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
