/** Refusals about master data: customers, machines, contracts, providers, known defects. */
export const masterRefusals = {
  staleRecord: {
    'zh-CN': '这条资料刚被别人改过，您的修改没有保存。请看过最新内容后再改。',
    en: 'Somebody changed this record a moment ago; yours was not saved. Please look again, then change it.',
  },
  customerMerged: {
    'zh-CN': '客户“{name}”已经并入“{into}”，数据未改动。请改用“{into}”。',
    en: 'The customer “{name}” was merged into “{into}”. Nothing was changed. Please use “{into}”.',
  },
  mergedWithItself: {
    'zh-CN': '客户不能并入它自己，数据未改动。请选择另一个要保留的客户。',
    en: 'A customer cannot be merged into itself. Nothing was changed. Please choose another one that stays.',
  },
  unknownProvider: {
    'zh-CN': '没有这家服务商，或它已停用，数据未改动。请重新选择。',
    en: 'There is no such service provider, or it takes no more orders. Nothing was changed. Please choose again.',
  },
  providerExists: {
    'zh-CN': '服务商“{name}”已经登记过，没有保存。请直接选用。',
    en: 'The service provider “{name}” is registered already; nothing was saved. Please choose that one.',
  },
  providerRing: {
    'zh-CN': '上级服务商不能是它自己或它的下级，数据未改动。请选择另一家上级。',
    en: 'A service provider cannot stand beneath itself or one of its own. Nothing was changed. Choose another parent.',
  },
  unknownDefect: {
    'zh-CN': '没有这条已知缺陷，数据未改动。请刷新后重新选择。',
    en: 'There is no such known defect. Nothing was changed. Please reload and choose again.',
  },
  unknownContract: {
    'zh-CN': '没有这份服务合同，数据未改动。请刷新后重新选择。',
    en: 'There is no such service contract. Nothing was changed. Please reload and choose again.',
  },
  contractExists: {
    'zh-CN': '合同号“{number}”已经登记过，没有保存。请核对合同号。',
    en: 'A contract with the number “{number}” is registered already; nothing was saved. Please check the number.',
  },
  contractEndsFirst: {
    'zh-CN': '合同的止日早于起日，没有保存。请改正日期。',
    en: 'The contract would end before it begins; nothing was saved. Please correct the dates.',
  },
  notTheirMachine: {
    'zh-CN': '设备 {machine} 不属于这个客户，没有保存。请从清单中去掉它，或先更正设备的客户。',
    en: 'The machine {machine} is not this customer’s; nothing was saved. Take it off the list, or correct its customer first.',
  },
}
