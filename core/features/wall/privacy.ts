/**
 * People write telephone numbers into names, symptoms and next steps; a room full of visitors must not read them. Mobile
 * numbers and such with an area code, with the blanks, dots, dashes and brackets that people put in, also in full
 * width, and addresses of mail. Serial numbers stay: they stand behind letters or a dash.
 */
const PHONE =
  /(?<![\w-])(?:\+?86[- .]?)?(?:1[3-9]\d(?:[- .]?\d{4}){2}|[(（]?0\d{2,3}[-. )）]{0,2}\d{3,4}[- .]?\d{4}|400[- .]?\d{3}[- .]?\d{4})(?!\d)(?:\s*(?:转|分机|ext\.?|#)\s*\d{1,8}(?!\d))?/giu
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu
const FULL_WIDTH = /[０-９]/gu

export const withoutPhones = (text: string): string =>
  text
    .replace(FULL_WIDTH, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) - 0xfee0))
    .replace(PHONE, '•••')
    .replace(MAIL, '•••')
