/** A string of CSS: quotes, backslashes and ends of lines are written as code points. */
const quoted = (text: string): string => `"${text.replace(/["\\\n\r]/g, (sign) => `\\${sign.codePointAt(0)?.toString(16)} `)}"`

interface Sheet {
  readonly number: string
  /** Who printed it, when, from what. */
  readonly made: string
  readonly chain: string
  /** "page \ue000 of \ue001": where the two numbers stand. */
  readonly page: string
}

/** What stands in the margins of every sheet: number, maker, chain head, page x of y. */
export function sheetStyle({ number, made, chain, page }: Sheet): string {
  const counters = page
    .split(/([\ue000\ue001])/)
    .flatMap((piece) => (piece === '' ? [] : piece === '\ue000' ? ['counter(page)'] : piece === '\ue001' ? ['counter(pages)'] : [quoted(piece)]))
    .join(' ')
  const small = 'font: 7pt "Noto Sans SC", "Noto Sans CJK SC", sans-serif; color: #444444;'
  return `
    @page {
      size: A4;
      margin: 16mm 15mm 20mm;
      @top-right { content: ${quoted(number)}; ${small} }
      @bottom-left { content: ${quoted(made)} "\\a " ${quoted(chain)}; white-space: pre-wrap; text-align: left; width: 150mm; ${small} }
      @bottom-right { content: ${counters}; vertical-align: top; padding-top: 5mm; ${small} }
    }
    @media print {
      html.on-paper, html.on-paper body, html.on-paper #app { height: auto; overflow: visible; background: #ffffff; }
    }`
}
