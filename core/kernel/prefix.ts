/** Bounds of all texts that begin with `prefix`, for a range over an index: `column >= from AND column < to`. */
export function prefixRange(prefix: string): { readonly from: string; readonly to: string } {
  return { from: prefix, to: `${prefix}\u{10FFFF}` }
}
