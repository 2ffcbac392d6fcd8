/** A flat picture of a region: Web Mercator, so that tiles of a tile server fit under it. */
export interface Place {
  readonly lat: number
  readonly lon: number
}
export interface View {
  /** Centre, in Mercator units 0…1. */
  readonly x: number
  readonly y: number
  /** px of the whole world's width. */
  readonly scale: number
  readonly width: number
  readonly height: number
}

const TILE = 256
const CLOSEST = TILE * 2 ** 17
const FARTHEST = TILE * 2 ** 3
/** Room around what is shown, px. */
const MARGIN = 36

export function mercator({ lat, lon }: Place): { readonly x: number; readonly y: number } {
  const sine = Math.sin((Math.min(85, Math.max(-85, lat)) * Math.PI) / 180)
  return { x: (lon + 180) / 360, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) }
}

/** The closest view that shows all of them; a single place is seen with its town around it. */
export function fit(places: readonly Place[], width: number, height: number): View {
  const points = places.map(mercator)
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  if (points.length === 0) return { x: 0.5, y: 0.4, scale: FARTHEST, width, height }
  const room = (px: number): number => Math.max(40, px - 2 * MARGIN)
  const scale = Math.min(room(width) / Math.max(right - left, 1e-9), room(height) / Math.max(bottom - top, 1e-9), TILE * 2 ** 13)
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale: bounded(scale), width, height }
}
const bounded = (scale: number): number => Math.min(CLOSEST, Math.max(FARTHEST, scale))

/** px from the left and the top of the picture. */
export function toScreen(view: View, place: Place): { readonly x: number; readonly y: number } {
  const { x, y } = mercator(place)
  return { x: (x - view.x) * view.scale + view.width / 2, y: (y - view.y) * view.scale + view.height / 2 }
}

export const panned = (view: View, dx: number, dy: number): View => ({ ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale })

/** Closer by `factor`, around a point of the picture that stays where it is. */
export function zoomed(view: View, factor: number, at = { x: view.width / 2, y: view.height / 2 }): View {
  const scale = bounded(view.scale * factor)
  const shift = (px: number, size: number): number => (px - size / 2) * (1 / view.scale - 1 / scale)
  return { ...view, scale, x: view.x + shift(at.x, view.width), y: view.y + shift(at.y, view.height) }
}

interface Tile {
  readonly zoom: number
  readonly column: number
  readonly row: number
  readonly left: number
  readonly top: number
  readonly size: number
}

/** The tiles that cover the picture, each with its place and size in px. */
export function tilesOf(view: View): Tile[] {
  const zoom = Math.min(19, Math.max(0, Math.round(Math.log2(view.scale / TILE))))
  const count = 2 ** zoom
  const size = view.scale / count
  const [left, top] = [view.x * view.scale - view.width / 2, view.y * view.scale - view.height / 2]
  const tiles: Tile[] = []
  for (let row = Math.max(0, Math.floor(top / size)); row * size < top + view.height && row < count; row++) {
    for (let column = Math.floor(left / size); column * size < left + view.width; column++) {
      tiles.push({ zoom, column: ((column % count) + count) % count, row, left: column * size - left, top: row * size - top, size })
    }
  }
  return tiles
}

/** `https://…/{z}/{x}/{y}.png` with the numbers of a tile. */
export const tileUrl = (pattern: string, { zoom, column, row }: Tile): string =>
  pattern.replace('{z}', String(zoom)).replace('{x}', String(column)).replace('{y}', String(row))

const EARTH_M = 40_075_017
const NICE_M = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000]

/** The longest round length that is at most `room` px in the middle of the picture. */
export function scaleBar(view: View, room = 90): { readonly metres: number; readonly px: number } {
  const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * view.y)))
  const pxPerM = view.scale / (EARTH_M * Math.cos(lat))
  const metres = NICE_M.filter((each) => each * pxPerM <= room).at(-1) ?? 50
  return { metres, px: metres * pxPerM }
}
