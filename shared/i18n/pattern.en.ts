/** Fault patterns, on paper and on screen. */
export const patternWordsEn = {
  pattern: {
    paper: 'Fault pattern',
    file: 'fault-pattern-{fault}-{from}-{to}',
    made: 'Sent to R&D by {name} at {at}; from orders first heard of from {from} to {to}.',
    finding: 'Of orders of machines with {conditions}, {rate} are {fault}; of all others {rest}.',
    method: 'Method: for each combination of a fault (category, symptom, and symptom by what was done or which part was put in) with model, environment, firmware and batch, Fisher’s exact test (one-sided) by order, a machine counting twice for a symptom at most; Benjamini and Hochberg keep false discoveries within 5%, and the exact test by machine in the field has to stand out too (p ≤ 5%); at least 8 orders and 3 machines. Cancelled and merged orders are left out.',
    effect: 'Fixed from {on} on ({what}): {before} before, {after} after ({n} orders); had nothing changed, such a fall would have a chance of {p}.',
    ended: { solution: '{symptom} ({solution})', part: '{symptom} (part {solution})' },
    exact: '{trait} {value}',
    series: '{trait} {value}* (series)',
    trait: { model: 'model', environment: 'environment', firmware: 'firmware', batch: 'batch' },
    figure: { cases: 'Orders with it', orders: 'Orders of these machines', rate: 'Share', rest: 'Share of the rest' },
    section: { months: 'Month by month', solutions: 'What was done', orders: 'The orders' },
    column: { month: 'Month', cases: 'With it', orders: 'Orders', rate: 'Share', rest: 'Rest', solution: 'Solution', again: 'Again within 30 days' },
  },
}
