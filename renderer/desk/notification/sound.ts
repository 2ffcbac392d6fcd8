import type { Sound } from '#shared/domain/notification/preferences.ts'

interface Tone {
  /** Hz. */
  readonly pitch: number
  /** Seconds after the beginning, and for how long. */
  readonly from: number
  readonly lasts: number
  readonly shape: OscillatorType
}

const TONES: Readonly<Record<Exclude<Sound, 'none'>, readonly Tone[]>> = {
  // Two soft rising notes.
  chime: [
    { pitch: 880, from: 0, lasts: 0.5, shape: 'sine' },
    { pitch: 1318.5, from: 0.14, lasts: 0.7, shape: 'sine' },
  ],
  // As on a door.
  knock: [0, 0.16].map((from) => ({ pitch: 196, from, lasts: 0.12, shape: 'triangle' as const })),
  // Three urgent pairs, heard across a room.
  alarm: [0, 0.36, 0.72].flatMap((from) => [
    { pitch: 987.8, from, lasts: 0.14, shape: 'square' as const },
    { pitch: 740, from: from + 0.16, lasts: 0.14, shape: 'square' as const },
  ]),
}
const LOUDNESS: Readonly<Record<OscillatorType, number>> = { sine: 0.5, triangle: 0.8, square: 0.18, sawtooth: 0.2, custom: 0.5 }

/** A busy computer takes a while to wake its loudspeaker; a browser that forbids it never does. */
const WAKES_WITHIN_MS = 3_000

let context: AudioContext | undefined

/**
 * Made by the browser itself, no file needed.
 * @param volume per cent
 * @returns false where the browser lets nothing sound before the first click on the page
 */
export async function play(sound: Sound, volume: number): Promise<boolean> {
  if (sound === 'none' || volume === 0) return true
  context ??= new AudioContext()
  if (context.state !== 'running') await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, WAKES_WITHIN_MS))])
  if (context.state !== 'running') return false
  const begin = context.currentTime + 0.02
  for (const tone of TONES[sound]) {
    const voice = new OscillatorNode(context, { type: tone.shape, frequency: tone.pitch })
    const loudness = new GainNode(context, { gain: 0 })
    // The ear takes the square of the slider for even steps.
    const peak = (volume / 100) ** 2 * LOUDNESS[tone.shape]
    const at = begin + tone.from
    loudness.gain.setValueAtTime(0, at)
    loudness.gain.linearRampToValueAtTime(peak, at + 0.01)
    loudness.gain.exponentialRampToValueAtTime(0.0001, at + tone.lasts)
    voice.connect(loudness).connect(context.destination)
    voice.start(at)
    voice.stop(at + tone.lasts + 0.02)
  }
  return true
}
