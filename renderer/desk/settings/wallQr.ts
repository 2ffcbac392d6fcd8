import { shallowRef, watchEffect, type ShallowRef } from 'vue'

interface Code {
  readonly size: number
  readonly path: string
}

/** The dark squares of a QR code as one path, in units of a square. Read only where it is needed. */
export function qrOf(text: () => string): ShallowRef<Code | undefined> {
  const code = shallowRef<Code>()
  watchEffect(async () => {
    const wanted = text()
    const { create } = await import('qrcode')
    const { size, data } = create(wanted, { errorCorrectionLevel: 'M' }).modules
    const squares = Array.from(data, (dark, index) => (dark ? `M${index % size} ${Math.floor(index / size)}h1v1h-1z` : ''))
    if (wanted === text()) code.value = { size, path: squares.join('') }
  })
  return code
}
