/** The program that keeps a data folder open and answers for it: `serve`, or the core of the desktop program. */
export interface Host {
  /**
   * Closes the folder once the present answer is out, puts the one that lies prepared beside it in its place, and opens
   * that. Whoever asks next is answered by it.
   */
  reopen(): void
}
