import type { DispatchEngineer, Visit, WaitingOrder } from '#shared/contract/dispatch.ts'
import { mercator, tilesOf, tileUrl, toScreen, type Place, type View } from './mapView.ts'

interface Site {
  readonly order: string
  readonly place: Place
  readonly label: string
  readonly kind: 'visit' | 'waiting'
  readonly isUrgent: boolean
}
interface Route {
  readonly engineer: string
  readonly name: string
  /** The base first, where it is known, then sites by time. */
  readonly points: readonly Place[]
  readonly hasBase: boolean
}
interface Inks {
  readonly ink: string
  readonly quiet: string
  readonly line: string
  readonly surface: string
  readonly accent: string
  readonly red: string
  readonly isDark: boolean
  readonly font: string
}
/** Pictures of a tile server, kept as long as the map is on the screen. */
export interface Tiles {
  /** Empty: there is no server. */
  readonly pattern: () => string
  readonly arrived: () => void
  readonly images: Map<string, HTMLImageElement>
}
interface Label {
  readonly text: string
  readonly x: number
  readonly y: number
  /** How far from the middle of its mark it begins. */
  readonly beside: number
  readonly isStrong: boolean
}
interface Picture {
  readonly sites: readonly Site[]
  readonly routes: readonly Route[]
  /** The order in hand, and the engineer whose row is stood on: both come out before the others. */
  readonly chosen: string | undefined
  readonly row: string | undefined
  readonly inks: Inks
  readonly tiles: Tiles
}

/** Told apart by people who see few colours, too (Okabe and Ito); lighter on a dark sheet. */
const HUES = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#56b4e9', '#6a3d9a', '#7f7f7f']
const MOST_LABELS = 60
/** Beyond it ways are a haze, and only those of the row stood on are told apart. */
const MOST_ROUTES = 30
const MANY_SITES = 200
const MOST_TILES = 400
const HIT_PX = 14

export function sitesOf(visits: readonly Visit[], waiting: readonly WaitingOrder[]): Site[] {
  const site = (each: Visit | WaitingOrder, kind: Site['kind']): Site[] =>
    each.place === null ? [] : [{ order: each.order, place: each.place, label: each.customer?.name ?? each.number, kind, isUrgent: each.priority === 'urgent' }]
  return [...visits.flatMap((visit) => site(visit, 'visit')), ...waiting.flatMap((order) => site(order, 'waiting'))]
}

/** Ways of those who have something to do. */
export function routesOf(engineers: readonly DispatchEngineer[], visits: ReadonlyMap<string, Visit>): Route[] {
  return engineers.flatMap(({ id, name, base, visits: own }) => {
    const points = own.flatMap((each) => visits.get(each)?.place ?? [])
    return points.length === 0 ? [] : [{ engineer: id, name, points: base ? [base, ...points] : points, hasBase: base !== null }]
  })
}

export function inksOf(element: Element): Inks {
  const style = getComputedStyle(element)
  const get = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    ink: get('ink'),
    quiet: get('ink-quiet'),
    line: get('line'),
    surface: get('surface'),
    accent: get('accent'),
    red: get('red-edge'),
    isDark: document.documentElement.dataset['theme'] === 'dark',
    font: style.fontFamily,
  }
}

/** The site under the pointer; the upper of two. */
export function nearest(view: View, sites: readonly Site[], at: { x: number; y: number }): Site | undefined {
  const far = sites.map((site) => {
    const { x, y } = toScreen(view, site.place)
    return { site, distance: Math.hypot(x - at.x, y - at.y) }
  })
  return far.filter(({ distance }) => distance <= HIT_PX).sort((a, b) => a.distance - b.distance)[0]?.site
}

export function drawMap(pen: CanvasRenderingContext2D, view: View, picture: Picture): void {
  pen.clearRect(0, 0, view.width, view.height)
  drawTiles(pen, view, picture.tiles)
  if (picture.tiles.pattern() === '') drawGrid(pen, view, picture.inks)
  pen.lineJoin = 'round'
  pen.font = `12px ${picture.inks.font}`
  const labels: Label[] = []
  const front = picture.routes.filter(({ engineer }) => engineer === picture.row)
  picture.routes.forEach((route, index) => {
    if (route.engineer !== picture.row) labels.push(...drawRoute(pen, view, route, hue(index), picture, front.length > 0 || picture.routes.length > MOST_ROUTES))
  })
  for (const route of front) labels.push(...drawRoute(pen, view, route, picture.inks.accent, picture, false))
  labels.push(...drawSites(pen, view, picture))
  drawLabels(pen, labels, picture.inks)
}
const hue = (index: number): string => HUES[index % HUES.length] ?? '#0072b2'

/** Lines of latitude and longitude, so that an empty sheet still has a measure. */
function drawGrid(pen: CanvasRenderingContext2D, view: View, { line }: Inks): void {
  const degrees = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01].find((each) => (each / 360) * view.scale < 160) ?? 0.01
  const left = (view.x - view.width / 2 / view.scale) * 360 - 180
  const right = (view.x + view.width / 2 / view.scale) * 360 - 180
  pen.strokeStyle = line
  pen.lineWidth = 1
  pen.beginPath()
  for (let lon = Math.ceil(left / degrees) * degrees; lon <= right; lon += degrees) {
    const { x } = toScreen(view, { lat: 0, lon })
    pen.moveTo(Math.round(x) + 0.5, 0)
    pen.lineTo(Math.round(x) + 0.5, view.height)
  }
  const latAt = (px: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * (view.y + (px - view.height / 2) / view.scale)))) * 180) / Math.PI
  for (let lat = Math.ceil(latAt(view.height) / degrees) * degrees; lat <= latAt(0); lat += degrees) {
    const y = (mercator({ lat, lon: 0 }).y - view.y) * view.scale + view.height / 2
    pen.moveTo(0, Math.round(y) + 0.5)
    pen.lineTo(view.width, Math.round(y) + 0.5)
  }
  pen.stroke()
}

function drawTiles(pen: CanvasRenderingContext2D, view: View, { pattern, arrived, images }: Tiles): void {
  if (pattern() === '') return
  for (const tile of tilesOf(view)) {
    const url = tileUrl(pattern(), tile)
    let image = images.get(url)
    if (!image) {
      if (images.size > MOST_TILES) images.clear()
      image = new Image()
      image.onload = arrived
      image.src = url
      images.set(url, image)
    }
    if (image.complete && image.naturalWidth > 0) pen.drawImage(image, tile.left, tile.top, tile.size + 0.5, tile.size + 0.5)
  }
}

function drawRoute(pen: CanvasRenderingContext2D, view: View, { points, hasBase, name }: Route, colour: string, { inks }: Picture, isBehind: boolean): Label[] {
  const [first, ...rest] = points.map((point) => toScreen(view, point))
  if (!first) return []
  pen.globalAlpha = isBehind ? 0.18 : inks.isDark ? 0.9 : 0.75
  pen.strokeStyle = colour
  pen.fillStyle = colour
  pen.lineWidth = isBehind ? 1 : 2.5
  pen.beginPath()
  pen.moveTo(first.x, first.y)
  for (const { x, y } of rest) pen.lineTo(x, y)
  pen.stroke()
  if (hasBase) {
    const side = isBehind ? 5 : 10
    pen.fillRect(first.x - side / 2, first.y - side / 2, side, side)
  }
  pen.globalAlpha = 1
  return hasBase && !isBehind ? [{ text: name, ...first, beside: 8, isStrong: false }] : []
}

function drawSites(pen: CanvasRenderingContext2D, view: View, { sites, chosen, inks }: Picture): Label[] {
  const labels: Label[] = []
  const sorted = [...sites].sort((a, b) => Number(a.order === chosen) - Number(b.order === chosen))
  for (const { order, place, label, kind, isUrgent } of sorted) {
    const { x, y } = toScreen(view, place)
    if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) continue
    const isChosen = order === chosen
    pen.beginPath()
    pen.arc(x, y, isChosen ? 8 : sites.length > MANY_SITES ? 3 : 5, 0, Math.PI * 2)
    pen.fillStyle = kind === 'waiting' ? inks.surface : inks.ink
    pen.fill()
    pen.lineWidth = isChosen ? 3 : sites.length > MANY_SITES ? 1 : 2
    pen.strokeStyle = isChosen ? inks.accent : kind === 'waiting' ? (isUrgent ? inks.red : inks.ink) : inks.surface
    pen.stroke()
    if (isChosen || sites.length <= MOST_LABELS) labels.push({ text: label, x, y, beside: 9, isStrong: isChosen })
  }
  return labels
}

/** Right of its mark or left of it; where there is no room, none: a name that cannot be read only hides the next. */
function drawLabels(pen: CanvasRenderingContext2D, labels: readonly Label[], inks: Inks): void {
  const taken: { left: number; right: number; y: number }[] = []
  for (const label of [...labels].sort((a, b) => Number(b.isStrong) - Number(a.isStrong))) {
    setFont(pen, label.isStrong)
    const { width } = pen.measureText(label.text)
    const free = [label.x + label.beside, label.x - label.beside - width].find((left) => {
      const marks = labels.some(({ x, y }) => (x !== label.x || y !== label.y) && Math.abs(y - label.y) < 10 && x > left - 5 && x < left + width + 5)
      const words = taken.some((each) => Math.abs(each.y - label.y) < 15 && left < each.right && each.left < left + width)
      return !words && (!marks || label.isStrong)
    })
    if (free === undefined) continue
    taken.push({ left: free, right: free + width + 4, y: label.y })
    word(pen, label.text, free, label.y + 4, inks)
  }
}

function setFont(pen: CanvasRenderingContext2D, isStrong: boolean): void {
  pen.font = pen.font.replace(/^(600 )?12px/, isStrong ? '600 12px' : '12px')
}

/** With a rim of the ground around it, so that it is read on lines and tiles. */
function word(pen: CanvasRenderingContext2D, text: string, x: number, y: number, { surface, ink }: Inks): void {
  pen.lineWidth = 3
  pen.strokeStyle = surface
  pen.strokeText(text, x, y)
  pen.fillStyle = ink
  pen.fillText(text, x, y)
}
