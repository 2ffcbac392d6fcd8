/** The desktop program around the page; undefined in a browser. */
export const shell = window.loopdesk?.shell

/** Opens the print dialogue for what is on the screen, in the desktop program and in a browser alike. */
export async function printPage(): Promise<void> {
  if (shell) await shell.print()
  else window.print()
}
