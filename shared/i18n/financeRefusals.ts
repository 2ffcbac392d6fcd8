/** Refusals about money: bills, payments, the ledger and the months. */
export const financeRefusals = {
  staleFinance: {
    'zh-CN': '这张工单的账务刚有人改过，您的这一步没有记入。请看过最新的内容再做。',
    en: 'Somebody has just changed the money of this order; your step was not taken. Please look at it anew.',
  },
  notAccepted: {
    'zh-CN': '工单 {number} 还没有客户签收，不能计费。请等工单闭环后再来。',
    en: 'The customer has not accepted order {number} yet, so it cannot be billed. Please wait until it is closed.',
  },
  alreadyBilled: {
    'zh-CN': '工单 {number} 已经计费，没有再记一次。要改请先红字冲回。',
    en: 'Order {number} is billed already and was not billed again. To change the bill, reverse it first.',
  },
  notBilled: {
    'zh-CN': '工单 {number} 还没有计费，这一步没有记入。请先计费。',
    en: 'Order {number} is not billed yet; this step was not taken. Please write the bill first.',
  },
  alreadyVerified: {
    'zh-CN': '工单 {number} 已经核验归档，没有改动。之后只能红字冲回或退款。',
    en: 'Order {number} is verified and archived; nothing was changed. From here on there are only reversals and refunds.',
  },
  billChanged: {
    'zh-CN': '这笔账单在别处已被替换，这一步没有生效。请看过最新的账单再做。',
    en: 'This bill was replaced elsewhere; the step did not take effect. Please look at the present bill.',
  },
  stepsMissing: {
    'zh-CN': '工单 {number} 还不能核验，没有记入。请先补齐所缺的步骤。',
    en: 'Order {number} cannot be verified yet; nothing was recorded. Please complete the steps that are missing.',
  },
  overpaid: {
    'zh-CN': '工单 {number} 收款多于账单，没有核验。请先退款，或撤销记错的收款。',
    en: 'More was paid for order {number} than was billed; it was not verified. Please refund it or void the wrong payment.',
  },
  foreignCurrency: {
    'zh-CN': '本系统只按人民币计费，{currency} 没有记入。请换算成人民币后再录入。',
    en: 'Only CNY is billed here; {currency} was not recorded. Please convert the amount and enter it in CNY.',
  },
  contractOfAnother: {
    'zh-CN': '合同 {number} 是别的客户的，没有记入。请选这位客户的合同。',
    en: 'Contract {number} is another customer’s; nothing was recorded. Please choose one of this customer.',
  },
  contractEnded: {
    'zh-CN': '合同 {number} 已终止，没有记入。请换一份有效的合同。',
    en: 'Contract {number} was ended; nothing was recorded. Please choose one that is in force.',
  },
  contractExpired: {
    'zh-CN': '合同 {number} 的有效期是 {from} 至 {to}，报修和服务都不在其中，没有记入。请换一份合同，或先续签。',
    en: 'Contract {number} ran from {from} to {to}; neither the report nor the service lies in it, so nothing was recorded. Please choose another one or renew it first.',
  },
  machineNotCovered: {
    'zh-CN': '合同 {number} 没有列入这台设备，不能按它免费。请改为收费，或换一份合同。',
    en: 'Contract {number} does not list this machine, so it does not pay for it. Please charge it or choose another contract.',
  },
  coverageNotInContract: {
    'zh-CN': '合同 {number} 是按次收费的，不能按合同内免费。请改计费方式。',
    en: 'Contract {number} charges for each job, so nothing is free under it. Please change the coverage.',
  },
  notInWarranty: {
    'zh-CN': '这台设备的保修已于 {until} 到期，没有记入。请改计费方式。',
    en: 'The warranty of this machine ended on {until}; nothing was recorded. Please change the coverage.',
  },
  unknownPrice: {
    'zh-CN': '价目表里没有“{item}”，没有记入。请先加入价目表，或直接填写名称和单价。',
    en: 'The price list has no “{item}”; nothing was recorded. Please add it there, or give a name and a price.',
  },
  priceExists: {
    'zh-CN': '价目表里已有“{item}”，没有重复加入。请修改原有的一行。',
    en: 'The price list has “{item}” already; it was not added again. Please change the line that is there.',
  },
  priceMissing: {
    'zh-CN': '这一行缺名称、单价或税率，没有记入。请补上，或从价目表里选。',
    en: 'This line lacks a name, a price or a VAT rate; nothing was recorded. Please fill it in or take it from the price list.',
  },
  unknownVatRate: {
    'zh-CN': '没有 {rate}% 这一档增值税率，没有记入。请选现行税率。',
    en: 'There is no VAT rate of {rate} %; nothing was recorded. Please choose one that is in use.',
  },
  billTooLarge: {
    'zh-CN': '这笔金额超过一百亿元，没有记入。请检查数量和单价。',
    en: 'This comes to more than ten billion yuan; nothing was recorded. Please check quantity and price.',
  },
  chargeableZero: {
    'zh-CN': '收费的账单不能是零，没有记入。请填写收费项目，或改计费方式。',
    en: 'A chargeable bill cannot be zero; nothing was recorded. Please add lines or change the coverage.',
  },
  zeroNeedsReason: {
    'zh-CN': '不收费要写明原因，没有记入。请填写原因。',
    en: 'A bill of nothing needs a reason; nothing was recorded. Please say why.',
  },
  nothingToInvoice: {
    'zh-CN': '这张账单是零，无需开票，没有记入发票。请勾选“无需开票”。',
    en: 'This bill is zero, so there is nothing to invoice. Please tick “nothing to invoice”.',
  },
  invoiceNeeded: {
    'zh-CN': '这张账单有金额，需要开票，没有记入。请填写发票号码。',
    en: 'This bill has an amount, so it needs an invoice. Please enter the number.',
  },
  alreadyInvoiced: {
    'zh-CN': '已有发票 {number}，没有再记一张。要重开请先红字冲回。',
    en: 'Invoice {number} is there already; no other was recorded. To issue it anew, reverse the bill first.',
  },
  futureDay: {
    'zh-CN': '这个日期还没有到，没有记入。请检查日期。',
    en: 'This day has not come yet; nothing was recorded. Please check the date.',
  },
  paymentKnown: {
    'zh-CN': '流水号 {reference} 的收款已经记过，没有重复记入。',
    en: 'The payment {reference} is recorded already and was not recorded again. There is nothing to do.',
  },
  noPayment: {
    'zh-CN': '没有这笔收款，或已经撤销，没有改动。请刷新后再看。',
    en: 'There is no such payment, or it was voided already. Nothing was changed. Please reload.',
  },
  refundTooMuch: {
    'zh-CN': '退款多于客户多付的金额，没有记入。请检查金额，或先红字冲回。',
    en: 'This is more than the customer has overpaid; nothing was recorded. Please check the amount or reverse the bill first.',
  },
  redInvoiceNeeded: {
    'zh-CN': '已经开过发票，冲回需要红字发票号码，没有记入。请填写号码。',
    en: 'An invoice was issued, so a reversal needs the number of the red invoice. Nothing was recorded. Please enter it.',
  },
  onlyWhole: {
    'zh-CN': '工单 {number} 还没有核验，只能整张撤回，没有记入。请不分行冲回。',
    en: 'Order {number} is not verified yet, so its bill can only be taken back whole. Nothing was recorded.',
  },
  unknownLine: {
    'zh-CN': '账单里没有第 {line} 行，没有记入。请刷新后再选。',
    en: 'The bill has no line {line}; nothing was recorded. Please reload and choose again.',
  },
  reversedTooMuch: {
    'zh-CN': '第 {line} 行冲回的金额多于剩余金额，没有记入。请检查金额。',
    en: 'More would be taken back from line {line} than is left; nothing was recorded. Please check the amount.',
  },
  unbalanced: {
    'zh-CN': '这笔凭证借贷不平，没有入账。请联系管理员。',
    en: 'This entry does not balance and was not booked. Please tell an administrator.',
  },
  bookedAlready: {
    'zh-CN': '这笔凭证已经入账，没有重复记入。无需处理。',
    en: 'This entry is booked already and was not booked again. There is nothing to do.',
  },
  unknownEntry: {
    'zh-CN': '账本里没有这笔凭证，没有改动。请刷新后再看。',
    en: 'The ledger has no such entry; nothing was changed. Please reload.',
  },
  alreadyCorrected: {
    'zh-CN': '这笔凭证已经更正过，没有再改。请刷新后再看。',
    en: 'This entry was corrected already and was not corrected again. Please reload.',
  },
  monthLocked: {
    'zh-CN': '{month} 已经锁定，没有改动。之后的变动记入下一个未锁定的月份。',
    en: '{month} is locked; nothing was changed. What comes later counts in the next open month.',
  },
  monthNotOver: {
    'zh-CN': '{month} 还没有结束，没有锁定。请在月末之后再锁。',
    en: '{month} is not over yet and was not locked. Please lock it after its last day.',
  },
  earlierMonthOpen: {
    'zh-CN': '更早的 {month} 还没有锁定，没有锁定这个月。请先锁定它。',
    en: '{month}, which is earlier, is not locked yet, so this month was not locked. Please lock that one first.',
  },
  postingsUnderWay: {
    'zh-CN': '还有 {count} 笔凭证没有入账，没有锁定。请等它们入账，或在对账页处理。',
    en: '{count} entries are not booked yet, so the month was not locked. Please wait, or look at the reconciliation.',
  },
} as const
