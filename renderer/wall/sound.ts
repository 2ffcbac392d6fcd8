import { reactive } from 'vue'

/** How long the wall asks for a key press, ms. */
const ASKS_FOR_MS = 2 * 60_000

/**
 * The one sound of a new breach: two falling tones, under a second. Browsers play nothing before somebody pressed a key
 * (unless the display was started so that they may): until then `asks` says so, and later only `isMute`.
 */
export function prepareSound() {
  const context = new AudioContext()
  const state = reactive({ isMute: context.state !== 'running', asks: context.state !== 'running' })
  const follow = (): void => {
    state.isMute = context.state !== 'running'
    if (!state.isMute) state.asks = false
  }
  context.addEventListener('statechange', follow)
  const unlock = (): void => void context.resume().then(follow, () => undefined)
  window.addEventListener('keydown', unlock)
  window.addEventListener('pointerdown', unlock)
  setTimeout(() => (state.asks = false), ASKS_FOR_MS)

  function play(): void {
    if (context.state !== 'running') return
    const gain = context.createGain()
    gain.connect(context.destination)
    const begin = context.currentTime
    gain.gain.setValueAtTime(0, begin)
    gain.gain.linearRampToValueAtTime(0.35, begin + 0.02)
    gain.gain.exponentialRampToValueAtTime(0.001, begin + 0.9)
    const tone = context.createOscillator()
    tone.frequency.setValueAtTime(880, begin)
    tone.frequency.setValueAtTime(660, begin + 0.3)
    tone.connect(gain)
    tone.start(begin)
    tone.stop(begin + 0.9)
    tone.addEventListener('ended', () => gain.disconnect(), { once: true })
  }
  return { state, play }
}
