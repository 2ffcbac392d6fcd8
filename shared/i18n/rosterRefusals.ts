/** Refusals about skills, shifts and bookings. `{when}` is a span in the time of the company. */
export const rosterRefusals = {
  unknownSkill: {
    'zh-CN': '技能目录里没有“{skill}”，没有保存。请先在技能目录里添加，或改选。',
    en: 'There is no skill “{skill}” in the catalogue; nothing was saved. Add it there first, or choose another.',
  },
  skillExists: {
    'zh-CN': '技能“{name}”已经有了，没有保存。请直接选用。',
    en: 'The skill “{name}” is there already; nothing was saved. Please choose that one.',
  },
  skillTwice: {
    'zh-CN': '同一项技能写了两次，没有保存。请只留一行。',
    en: 'One skill is named twice; nothing was saved. Please leave one line of it.',
  },
  lunchTooLong: {
    'zh-CN': '{from} 到 {to} 放不下 {minutes} 分钟午休，没有保存。请放宽时段或缩短午休。',
    en: 'A lunch of {minutes} min does not fit between {from} and {to}; nothing was saved. Widen the window or shorten the lunch.',
  },
  rotationDay: {
    'zh-CN': '轮班只有 {days} 天一轮，没有第 {day} 天，没有保存。请改正。',
    en: 'The rotation is {days} days long and has no day {day}; nothing was saved. Please correct it.',
  },
  rotationOverlap: {
    'zh-CN': '轮班里第 {day} 天 {start} 开始的班与前一个班重叠，没有保存。请错开时间。',
    en: 'The shift of day {day} at {start} begins before the one before it ends; nothing was saved. Please part them.',
  },
  rotationOver: {
    'zh-CN': '这个轮班到 {until} 已经结束，没有改动。要接着排，请新建轮班。',
    en: 'This rotation ends on {until} already; nothing was changed. To go on, add a new one.',
  },
  shiftOverlap: {
    'zh-CN': '与已排的班 {when} 重叠，没有保存。请错开时间，或先删去那个班。',
    en: 'It overlaps the shift {when}; nothing was saved. Choose another time, or remove that shift first.',
  },
  shiftTooLong: {
    'zh-CN': '一个班最长 {hours} 小时，没有保存。更长的请分成前后两个班。',
    en: 'A shift lasts {hours} hours at the most; nothing was saved. Please split it in two.',
  },
  leaveOverlap: {
    'zh-CN': '与已有的休假 {when} 重叠，没有保存。请改时间，或先撤销那一段再写成一整段。',
    en: 'It overlaps the leave {when}; nothing was saved. Choose another time, or withdraw that one and enter both as one.',
  },
  leaveTooLong: {
    'zh-CN': '一段休假最长 {days} 天，没有保存。请核对年份，或分成几段。',
    en: 'A leave lasts {days} days at the most; nothing was saved. Check the year, or split it.',
  },
  unknownLeave: {
    'zh-CN': '没有这段休假，可能刚被撤销。数据未改动，请刷新后再看。',
    en: 'There is no such leave; it may have been withdrawn. Nothing was changed. Please reload.',
  },
  unknownShift: {
    'zh-CN': '没有这个班，可能刚被删去。数据未改动，请刷新后再看。',
    en: 'There is no such shift; it may have been removed. Nothing was changed. Please reload.',
  },
  unknownRotation: {
    'zh-CN': '没有这个轮班，可能刚被删去。数据未改动，请刷新后再看。',
    en: 'There is no such rotation; it may have been removed. Nothing was changed. Please reload.',
  },
  noShiftThatDay: {
    'zh-CN': '{day} 没有轮班的班，数据未改动。请核对日期。',
    en: 'No shift of a rotation begins on {day}; nothing was changed. Please check the day.',
  },
  placeUnclear: {
    'zh-CN': '位置没有看懂，没有保存。请写“纬度, 经度”，如 31.308, 120.735，可从地图软件复制。',
    en: 'The place was not understood; nothing was saved. Write “latitude, longitude”, such as 31.308, 120.735, as map programs copy it.',
  },
  engineerTwice: {
    'zh-CN': '同一位工程师写了两次，未预约。请只留一次。',
    en: 'One engineer is named twice; nothing was booked. Please name each once.',
  },
  visitRing: {
    'zh-CN': '{number} 也在等这张工单，两张会互相等待，没有保存。请先去掉其中一个先后关系。',
    en: '{number} waits for this order too, so both would wait for ever; nothing was saved. Remove one of the two first.',
  },
  absent: {
    'zh-CN': '{name} {when} 休假，未预约。请换时段或换人。',
    en: '{name} is on leave {when}; nothing was booked. Choose another window or engineer.',
  },
  offShift: {
    'zh-CN': '{name} 这个时段不在班（含允许的加班），未预约。请换时段、换人，或先排班。',
    en: '{name} is not on shift over the whole window, overtime included; nothing was booked. Choose another window or engineer, or plan the shift first.',
  },
  notQualified: {
    'zh-CN': '这张工单需要“{skillName}”{level} 级，{name} 没有，未预约。请换人，或加一位有此技能的工程师。',
    en: 'The order asks for {skillName} level {level}, which {name} does not have; nothing was booked. Please choose another engineer.',
  },
  noProfile: {
    'zh-CN': '{name} 还没有技能档案，无法核对这张工单要的技能，未预约。请先建档案，或换人。',
    en: '{name} has no profile, so the skills that the order asks for cannot be checked; nothing was booked. Enter the profile first, or choose another engineer.',
  },
  certificateExpired: {
    'zh-CN': '{name} 的“{skillName}”证书 {until} 到期，做不完这次上门，未预约。请换人，或先登记新证书。',
    en: 'The certificate of {name} for {skillName} ends on {until}, before the visit does; nothing was booked. Choose another engineer or enter the new certificate.',
  },
  outsideWindow: {
    'zh-CN': '客户只在 {when} 接待，未预约。请选在这段时间内开始。',
    en: 'The customer lets somebody in {when}; nothing was booked. Please begin within that time.',
  },
  beforePredecessor: {
    'zh-CN': '要先做完 {number} 才能做这张，未预约。请排在它之后。',
    en: '{number} has to be done first; nothing was booked. Please choose a time after it.',
  },
  afterSuccessor: {
    'zh-CN': '{number} 要等这张做完，而它排得更早，未预约。请排在它之前，或先移走它。',
    en: '{number} waits for this one and is booked earlier; nothing was booked. Choose a time before it, or move it first.',
  },
} as const
