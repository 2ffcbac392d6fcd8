import { askedOf, learnChance, type Learning, type Past } from './model.ts'

/** A chance that was given, and what became of it. */
export interface Forecast {
  readonly chance: number
  readonly missed: boolean
}

export interface CalibrationBin {
  /** Chances from this one (in) to the next tenth (out; the last one in). */
  readonly from: number
  readonly forecasts: number
  /** Mean of the chances given, and the share that really was missed. */
  readonly given: number
  readonly came: number
}

export interface Calibration {
  readonly forecasts: number
  /** Mean squared error of the chances; lower is better. */
  readonly brier: number
  /** The same of always giving the overall share: what knowing nothing of the order is worth. */
  readonly blindBrier: number
  /** Mean distance between given and came, weighted by forecasts. */
  readonly error: number
  readonly bins: readonly CalibrationBin[]
}

const BINS = 10

/** How chances that were given compare with what came. null: there were none. */
export function calibrationOf(forecasts: readonly Forecast[]): Calibration | null {
  if (forecasts.length === 0) return null
  const share = mean(forecasts.map(({ missed }) => (missed ? 1 : 0)))
  const bins: CalibrationBin[] = []
  for (let bin = 0; bin < BINS; bin++) {
    const here = forecasts.filter(({ chance }) => Math.min(BINS - 1, Math.floor(chance * BINS)) === bin)
    if (here.length === 0) continue
    bins.push({
      from: bin / BINS,
      forecasts: here.length,
      given: mean(here.map(({ chance }) => chance)),
      came: mean(here.map(({ missed }) => (missed ? 1 : 0))),
    })
  }
  return {
    forecasts: forecasts.length,
    brier: mean(forecasts.map(({ chance, missed }) => (chance - (missed ? 1 : 0)) ** 2)),
    blindBrier: share * (1 - share),
    error: bins.reduce((sum, { forecasts: n, given, came }) => sum + n * Math.abs(given - came), 0) / forecasts.length,
    bins,
  }
}

/**
 * Replays the latest part of history: the model learns from what had ended by `cut` alone and is asked about all that
 * began after it. null: too little before, or nothing after.
 */
export function replayChance(past: readonly Past[], learning: Learning, cut: number): Calibration | null {
  const model = learnChance(past, { ...learning, until: cut })
  return model && calibrationOf(forecastsOf(model, past, learning, cut))
}

function forecastsOf(
  model: NonNullable<ReturnType<typeof learnChance>>,
  past: readonly Past[],
  { limitMs, until }: Learning,
  cut: number,
): Forecast[] {
  return past
    .filter(({ from }) => from >= cut && from + limitMs <= until)
    .flatMap((each) => askedOf(each, limitMs).map((question) => ({ chance: model.chance(question), missed: each.to >= question.due })))
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
