/** The program that keeps a data folder open and answers for it: `serve`, or the core of the desktop program. */
export interface Host {
  /**
   * Closes the folder once the present answer is out, lets the successor that lies beside it take its place, and opens
   * that. Whoever asks next is answered by it.
   */
  reopen(): void
  /** Fills a data folder that nobody has open with demo data. @param progress part done */
  seed(data: string, progress: (part: number) => void): Promise<void>
}
