const DAY = 86_400_000
const SOON_DAYS = 60

/** Whether a contract that holds ends within two months: it is worth a call before. Days as YYYY-MM-DD. */
export const endsSoon = (to: string, today: string): boolean => today !== '' && Date.parse(to) - Date.parse(today) <= SOON_DAYS * DAY
