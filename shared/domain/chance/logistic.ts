/** One case: what is known of it, and whether it came to pass. */
export interface Case {
  readonly features: readonly number[]
  readonly hit: boolean
}

const MOST_ROUNDS = 25
const CLOSE_ENOUGH = 1e-7

/**
 * Logistic regression by Newton's method (iteratively reweighted least squares), drawn towards `prior` by a ridge: with
 * few cases the prior stands, with many the cases decide. Deterministic.
 */
export function fitLogistic(cases: readonly Case[], prior: readonly number[], ridge = 2): number[] {
  const size = prior.length
  let weights = [...prior]
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const slope = weights.map((weight, i) => ridge * ((prior[i] as number) - weight))
    const bend = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? ridge : 0)))
    for (const { features, hit } of cases) {
      const chance = sigmoid(dot(weights, features))
      const error = (hit ? 1 : 0) - chance
      const width = Math.max(1e-9, chance * (1 - chance))
      for (let i = 0; i < size; i++) {
        slope[i] = (slope[i] as number) + error * (features[i] as number)
        const row = bend[i] as number[]
        for (let j = 0; j < size; j++) row[j] = (row[j] as number) + width * (features[i] as number) * (features[j] as number)
      }
    }
    const step = solve(bend, slope)
    weights = weights.map((weight, i) => weight + clamp(step[i] as number, 2))
    if (step.every((part) => Math.abs(part) < CLOSE_ENOUGH)) break
  }
  return weights
}

export const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, each, i) => sum + each * (b[i] as number), 0)
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
/** Log odds; a chance is kept off 0 and 1, where nothing could change it any more. */
export function logit(chance: number): number {
  const kept = Math.min(1 - 1e-4, Math.max(1e-4, chance))
  return Math.log(kept / (1 - kept))
}
const clamp = (value: number, most: number): number => Math.max(-most, Math.min(most, value))

/** Gauss with pivots; the matrix is positive definite by its ridge. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] as number])
  const size = rows.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(at(rows, row, column)) > Math.abs(at(rows, pivot, column))) pivot = row
    }
    const lead = rows[pivot] as number[]
    rows[pivot] = rows[column] as number[]
    rows[column] = lead
    for (let row = 0; row < size; row++) {
      if (row === column) continue
      const factor = at(rows, row, column) / (lead[column] as number)
      const line = rows[row] as number[]
      for (let k = column; k <= size; k++) line[k] = (line[k] as number) - factor * (lead[k] as number)
    }
  }
  return rows.map((row, i) => (row[size] as number) / (row[i] as number))
}

const at = (rows: readonly (readonly number[])[], row: number, column: number): number => rows[row]?.[column] ?? 0
