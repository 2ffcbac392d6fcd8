/** Fault patterns, on paper and on screen. */
export const patternWordsZh = {
  pattern: {
    paper: '缺陷洞察',
    file: '缺陷洞察-{fault}-{from}-{to}',
    made: '由{name}于 {at} 送研发；依据 {from} 至 {to} 首次联系的工单。',
    finding: '{conditions}的设备，{fault}占其工单的 {rate}，其余设备为 {rest}。',
    method: '判定方法：对故障（大类、现象，以及按所采取措施或所换备件细分的现象）与机型、环境、固件、批次的每一种组合，按工单做费希尔精确检验（单侧；同一台设备同一故障至多计两次），用本哈米尼-霍克伯格方法把误报率控制在 5% 以内，并要求按现场设备的精确检验也显著（p ≤ 5%）；每条至少 8 张工单、3 台设备。已取消与合并的工单不计。',
    effect: '{on} 起已处理（{what}）：处理前 {before}，处理后 {after}（{n} 张工单）；若没有变化，出现这样的下降的概率为 {p}。',
    ended: { solution: '{symptom}（{solution}）', part: '{symptom}（换件 {solution}）' },
    exact: '{trait} {value}',
    series: '{trait} {value}* 系列',
    trait: { model: '机型', environment: '使用环境', firmware: '固件', batch: '批次' },
    figure: { cases: '命中工单', orders: '该组合工单', rate: '故障占比', rest: '其余占比' },
    section: { months: '逐月变化', solutions: '采取的措施', orders: '命中的工单' },
    column: { month: '月份', cases: '命中', orders: '工单', rate: '占比', rest: '其余', solution: '措施', again: '30 天内再发' },
  },
}
