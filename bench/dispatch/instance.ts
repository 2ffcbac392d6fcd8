import type { Problem } from '#shared/domain/dispatch/problem.ts'

/** A public VRPTW instance as a day: one vehicle is one engineer, the depot's window his shift. */
interface Instance {
  readonly problem: Problem
  /** Distances are divided by it to be compared. */
  readonly scale: number
}

/** Reads TSPLIB form or the form in which Solomon and Homberger published; `cut`: distances are floored to 0.1. */
export function readInstance(text: string, vehicles: number, cut: boolean): Instance {
  const rows = text.includes('NODE_COORD_SECTION') ? fromTsplib(text) : fromSolomon(text)
  const scale = cut ? 10 : 1
  const { capacity, nodes } = rows
  const depot = nodes[0] as Node
  const way = (a: number, b: number): number => {
    const [p, q] = [nodes[a] as Node, nodes[b] as Node]
    const exact = Math.hypot(p.x - q.x, p.y - q.y)
    return cut ? Math.floor(exact * scale) : exact
  }
  const problem: Problem = {
    jobs: nodes.slice(1).map((node, i) => ({
      id: String(i + 1),
      place: i + 1,
      durationMs: node.service * scale,
      windows: [{ from: node.ready * scale, to: node.due * scale }],
      load: node.demand,
    })),
    engineers: Array.from({ length: vehicles }, (_, e) => ({
      id: `v${e + 1}`,
      skills: [],
      shifts: [{ from: depot.ready * scale, to: depot.due * scale }],
      start: 0,
      end: 0,
      capacity,
    })),
    travelMs: way,
    weights: { travel: 1, late: 0, overtime: 0, unserved: 100, fairness: 0, change: 0, priority: 0 },
  }
  return { problem, scale }
}

interface Node {
  readonly x: number
  readonly y: number
  readonly demand: number
  readonly ready: number
  readonly due: number
  readonly service: number
}

interface Rows {
  readonly capacity: number
  readonly nodes: readonly Node[]
}

const numbers = (line: string): number[] => line.trim().split(/\s+/).map(Number)

function fromTsplib(text: string): Rows {
  const section = (name: string): Map<number, number[]> => {
    const lines = text.slice(text.indexOf(name)).split('\n').slice(1)
    const end = lines.findIndex((line) => /^[A-Z-]/.test(line))
    const rows = lines.slice(0, end === -1 ? undefined : end).filter((line) => line.trim() !== '')
    return new Map(rows.map((line) => [numbers(line)[0] as number, numbers(line).slice(1)]))
  }
  const head = (name: string): number => Number(new RegExp(`^${name}\\s*:\\s*(\\S+)`, 'm').exec(text)?.[1])
  const demand = section('DEMAND_SECTION')
  const window = section('TIME_WINDOW_SECTION')
  const service = text.includes('SERVICE_TIME_SECTION') ? section('SERVICE_TIME_SECTION') : undefined
  const nodes = [...section('NODE_COORD_SECTION')].map(([id, [x = 0, y = 0]], i) => ({
    x,
    y,
    demand: demand.get(id)?.[0] ?? 0,
    ready: window.get(id)?.[0] ?? 0,
    due: window.get(id)?.[1] ?? 0,
    service: service?.get(id)?.[0] ?? (i === 0 ? 0 : head('SERVICE_TIME')),
  }))
  return { capacity: head('CAPACITY'), nodes }
}

function fromSolomon(text: string): Rows {
  const lines = text.split('\n').filter((line) => /^\s*\d/.test(line)).map(numbers)
  const [, capacity = 0] = lines[0] ?? []
  const nodes = lines
    .filter((line) => line.length >= 7)
    .map(([, x = 0, y = 0, demand = 0, ready = 0, due = 0, service = 0]) => ({ x, y, demand, ready, due, service }))
  return { capacity, nodes }
}
