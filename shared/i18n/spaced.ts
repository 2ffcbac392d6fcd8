/** Between Chinese and Latin stands a thin space (LOOK). Half a surrogate pair becomes a sign that can be shown. */
export const spaced = (text: string): string =>
  text
    .toWellFormed()
    .replace(/(\p{Script=Han})([A-Za-z0-9])/gu, '$1\u2009$2')
    .replace(/([A-Za-z0-9%])(\p{Script=Han})/gu, '$1\u2009$2')
