const EVERY_MS = 5 * 60_000
const ENTRY = /<script type="module"[^>]*\ssrc="([^"]+)"/

/** The script that a page names carries the hash of the build in its name. */
const entryOf = (html: string): string | undefined => ENTRY.exec(html)?.[1]

/**
 * A wall runs for weeks while programs are updated: when the service center serves another build of this page, the page
 * loads itself anew. Answers how to look at once. Nothing is loaded while the service center is away.
 */
export function watchBuild(): () => void {
  const own = document.querySelector('script[type=module][src]')?.getAttribute('src')
  async function look(): Promise<void> {
    try {
      const response = await fetch('/wall', { cache: 'no-store', signal: AbortSignal.timeout(10_000) })
      const served = response.ok ? entryOf(await response.text()) : undefined
      if (own && served && served !== own) location.reload()
    } catch {
      // Away: the next look finds out.
    }
  }
  setInterval(() => void look(), EVERY_MS)
  return () => void look()
}
