declare global {
  interface Uint8ArrayConstructor {
    /** Not yet in every browser. */
    fromBase64?: (text: string) => Uint8Array<ArrayBuffer>
  }
}

export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.fromBase64 ? Uint8Array.fromBase64(base64) : Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))

/** Into the person's downloads, as the browser keeps them. */
export function handFile(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
