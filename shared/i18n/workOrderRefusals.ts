/** Refusals of the workflow engine, merged into `refusals`. */
export const workOrderRefusals = {
  unknownOrder: {
    'zh-CN': '没有找到这张工单，数据未改动。请刷新后重试。',
    en: 'There is no such order here. Nothing was changed. Please reload and try again.',
  },
  readOnlyOrder: {
    'zh-CN': '工单 {number} 含有新版程序写入的内容，本机只能查看，数据未改动。请更新程序后再操作。',
    en: 'Order {number} holds entries of a newer program and is read-only here. Nothing was changed. Please update the program.',
  },
  notOpen: {
    'zh-CN': '工单 {number} 已不在处理中，数据未改动。需要继续处理请先重新打开。',
    en: 'Order {number} is no longer open. Nothing was changed. Reopen it to go on.',
  },
  notClosed: {
    'zh-CN': '工单 {number} 尚未关闭或已取消、合并，不能重新打开，数据未改动。',
    en: 'Order {number} is not closed and cannot be reopened. Nothing was changed.',
  },
  orderExists: {
    'zh-CN': '这张工单已经登记过，数据未改动。请刷新查看。',
    en: 'This order is registered already. Nothing was changed. Please reload.',
  },
  illegalTransition: {
    'zh-CN': '流程不允许这样移动工单，工单留在原节点。请选择允许的节点，或按流程逐步办理。',
    en: 'The workflow does not allow this move. The order stayed where it is. Choose an allowed stage.',
  },
  missingFields: {
    'zh-CN': '离开当前节点所需的内容还没填齐，工单留在原节点。请补齐标出的各项后再移动。',
    en: 'What this stage requires is not complete. The order stayed where it is. Please fill in the marked items.',
  },
  frozen: {
    'zh-CN': '工单 {number} 因缺料冻结，暂不能进入下一节点；备注、修改、替代件和退回照常可用。到货、选用替代件或主管放行后再移动。',
    en: 'Order {number} is frozen for want of a part and cannot go forward; all else still works. It goes on when stock arrives, a substitute is chosen or a supervisor releases it.',
  },
  notFrozen: {
    'zh-CN': '工单 {number} 没有冻结，无需放行，数据未改动。',
    en: 'Order {number} is not frozen; there is nothing to release. Nothing was changed.',
  },
  markedRemote: {
    'zh-CN': '服务方式为远程，工单留在原节点。请选择“远程解决”，或把服务方式改为上门。',
    en: 'The order is marked as remote and stayed where it is. Choose “solved remotely”, or change the service mode to on-site.',
  },
  markedOnsite: {
    'zh-CN': '服务方式为上门，工单留在原节点。远程已解决的请先把服务方式改为远程。',
    en: 'The order is marked as on-site and stayed where it is. If it was solved remotely, change the service mode first.',
  },
  signatureNeeded: {
    'zh-CN': '上门服务需要客户签字，远程确认不能代替，工单未关闭。请补采签字。',
    en: 'An on-site job needs the customer’s signature; a remote confirmation is not enough. The order was not closed. Please capture the signature.',
  },
  mergeTarget: {
    'zh-CN': '不能合并到所选工单（同一张，或已取消、已合并），数据未改动。请另选一张。',
    en: 'The order chosen cannot take the duplicate (the same one, cancelled or merged). Nothing was changed. Please choose another.',
  },
  unknownField: {
    'zh-CN': '流程中没有字段“{name}”，数据未改动。请刷新后重试。',
    en: 'The workflow has no field “{name}”. Nothing was changed. Please reload and try again.',
  },
  wrongValue: {
    'zh-CN': '标出的字段内容不符合要求，本次修改全部未保存。请更正后再保存。',
    en: 'The marked field does not take this value. None of the changes was saved. Please correct it.',
  },
  wrongPhone: {
    'zh-CN': '电话号码里不能有“{character}”，没有保存。请照这样写：0512-6288 1234，有分机的写 0512-6288 1234 转 801。',
    en: 'A telephone number has no “{character}”. Nothing was saved. Write it like 0512-6288 1234, with an extension like 0512-6288 1234 ext. 801.',
  },
  phoneTooShort: {
    'zh-CN': '电话号码至少要有 {least} 位数字，没有保存。请照这样写：0512-6288 1234 或 138 0000 1234。',
    en: 'A telephone number has {least} digits at least. Nothing was saved. Write it like 0512-6288 1234 or 138 0000 1234.',
  },
  phoneTooLong: {
    'zh-CN': '电话号码最多 {most} 位数字，没有保存。请只留一个号码，如 0512-6288 1234。',
    en: 'A telephone number has {most} digits at most. Nothing was saved. Leave one number, such as 0512-6288 1234.',
  },
  phoneExtension: {
    'zh-CN': '“转”后面要有 1 到 {most} 位的分机号，没有保存。请照这样写：0512-6288 1234 转 801。',
    en: 'An extension has 1 to {most} digits. Nothing was saved. Write it like 0512-6288 1234 ext. 801.',
  },
  notYetClosed: {
    'zh-CN': '工单 {number} 还没有闭环，评价没有保存。请在闭环后再记录。',
    en: 'Order {number} has not been closed yet. The rating was not kept. Please note it after the closing.',
  },
  surveyAnswered: {
    'zh-CN': '工单 {number} 30 天内已有评价，这次没有重复记录。',
    en: 'Order {number} was rated within the last 30 days. It was not counted again.',
  },
  surveySent: {
    'zh-CN': '工单 {number} 30 天内已请客户评价，没有再发。',
    en: 'The customer of order {number} was asked within the last 30 days. Nothing was sent again.',
  },
  surveyUnknown: {
    'zh-CN': '评价链接不完整或不存在，评价没有保存。请从收到的消息里重新打开。',
    en: 'This link is not complete or was never given out. Your rating was not kept. Please open it once more from the message.',
  },
  surveyExpired: {
    'zh-CN': '评价链接已过 30 天有效期，评价没有保存。有话想说，请致电我们。',
    en: 'This link was good for 30 days and is no more. Your rating was not kept. Please call us if there is something to say.',
  },
  copiedField: {
    'zh-CN': '型号和序列号随设备带出，不能单独修改，数据未改动。请改选设备或更正设备档案。',
    en: 'Model and serial come with the machine and are not edited here. Nothing was changed. Choose another machine or correct its record.',
  },
  unknownCustomer: {
    'zh-CN': '没有找到所选客户，数据未改动。请重新选择，或登记为临时客户。',
    en: 'There is no such customer. Nothing was changed. Choose again, or register a provisional one.',
  },
  unknownEquipment: {
    'zh-CN': '没有找到所选设备，数据未改动。请重新选择，或登记为临时设备。',
    en: 'There is no such machine. Nothing was changed. Choose again, or register a provisional one.',
  },
  lineIssued: {
    'zh-CN': '这一行备件已出库，不能修改或删除，数据未改动。需要更多备件请另加一行。',
    en: 'The parts of this line were issued already; it cannot be changed. Nothing was changed. Add another line if more is needed.',
  },
  notByPhone: {
    'zh-CN': '只有电话报修才能记为通话中已答复，工单未登记。请更正报修渠道或取消勾选。',
    en: 'Only a telephone report can be answered at the call. The order was not registered. Correct the channel or clear the mark.',
  },
  alreadyReplied: {
    'zh-CN': '工单 {number} 已有首次答复，记录保持不变。',
    en: 'Order {number} was answered before; the record stays as it was.',
  },
  beforeFirstContact: {
    'zh-CN': '答复时间早于首次联系时间，数据未改动。请更正时间。',
    en: 'The reply is said to be earlier than the first contact. Nothing was changed. Please correct the time.',
  },
  promiseInPast: {
    'zh-CN': '下一步的期限已经过去，数据未改动。请填写将来的时间。',
    en: 'The by-when of the next step has passed already. Nothing was changed. Please name a time to come.',
  },
  nobodyNamed: {
    'zh-CN': '等待我方时必须写明由谁处理，数据未改动。请选择人员或角色。',
    en: 'A step that waits on us needs a person or role. Nothing was changed. Please name one.',
  },
  alreadyOwner: {
    'zh-CN': '对方已是这张工单的负责人，数据未改动。',
    en: 'This person owns the order already. Nothing was changed.',
  },
  notForOrders: {
    'zh-CN': '“{user}”的角色不能处理工单，不能作为负责人、接收人或协作人，数据未改动。请另选一位。',
    en: 'The roles of “{user}” do not let this person work on orders, so not own one, be offered one or work along. Nothing was changed. Please choose somebody else.',
  },
  signedTooEarly: {
    'zh-CN': '签字时间早于工单进入客户签字节点的时间，没有保存。请更正签字时间。',
    en: 'The signature is said to be older than the order’s entry into sign-off; it was not saved. Please correct the time.',
  },
  requiredField: {
    'zh-CN': '标出的字段是已办完节点的必填项，不能清空，本次修改全部未保存。请填写内容，或先退回到该节点。',
    en: 'The marked field is required by a stage that was left and may not be emptied. None of the changes was saved. Fill it in, or send the order back to that stage first.',
  },
  noHandover: {
    'zh-CN': '工单 {number} 没有等待您接收的交接，数据未改动。请刷新查看。',
    en: 'No handover of order {number} waits for your answer. Nothing was changed. Please reload.',
  },
  nothingToAcknowledge: {
    'zh-CN': '没有需要确认的超时提醒，数据未改动。请刷新查看。',
    en: 'There is no alarm to acknowledge. Nothing was changed. Please reload.',
  },
  notInIntake: {
    'zh-CN': '工单 {number} 已过待初审，不能按自行解决关闭，数据未改动。请按当前节点办理。',
    en: 'Order {number} has left intake review and cannot be closed as solved by the customer. Nothing was changed. Go on from its present stage.',
  },
  notInStage: {
    'zh-CN': '工单不在办理此事的节点，数据未改动。锁定备件在备件锁定节点，采集签字在客户签字节点；请先移动到该节点。',
    en: 'The order is not in the stage where this is done. Nothing was changed. Parts are locked in the parts lock stage, signatures captured in sign-off; move it there first.',
  },
  noPartsNeeded: {
    'zh-CN': '这张工单没有需要锁定的备件，数据未改动。',
    en: 'This order has no parts to reserve. Nothing was changed.',
  },
  windowInPast: {
    'zh-CN': '预约时段已经过去，未预约。请选择将来的时段。',
    en: 'The window has passed already; nothing was booked. Please choose one to come.',
  },
  windowTooLong: {
    'zh-CN': '一次预约不能超过 {days} 天，未预约。请缩短时段，或分成几次上门。',
    en: 'One appointment lasts {days} days at most; nothing was booked. Please choose a shorter window or several visits.',
  },
  slotTaken: {
    'zh-CN': '该工程师在这个时段已有预约（{number}），未预约。请换时段或换人。',
    en: 'The engineer has another appointment in this window ({number}); nothing was booked. Choose another window or engineer.',
  },
  noAppointment: {
    'zh-CN': '工单 {number} 没有预约可取消，数据未改动。',
    en: 'Order {number} has no appointment to cancel. Nothing was changed.',
  },
  notEngineer: {
    'zh-CN': '“{user}”不是可派的工程师，未预约。请重新选择。',
    en: '“{user}” is no engineer who can be sent. Nothing was booked. Please choose again.',
  },
  unknownAttachment: {
    'zh-CN': '没有找到这个附件，数据未改动。请刷新查看。',
    en: 'There is no such attachment. Nothing was changed. Please reload.',
  },
  unknownBlob: {
    'zh-CN': '服务器上没有这个文件，没有保存。请重新上传后再试。',
    en: 'This file is not stored here; nothing was saved. Please upload it again.',
  },
  wrongBlobSize: {
    'zh-CN': '文件没有完整上传（已存 {size} 字节），没有关联到工单。请重新上传。',
    en: 'The file was not uploaded whole ({size} bytes are stored); it was not attached. Please upload it again.',
  },
  notLinked: {
    'zh-CN': '这两张工单没有关联，数据未改动。请刷新查看。',
    en: 'These orders are not linked. Nothing was changed. Please reload.',
  },
  linkToItself: {
    'zh-CN': '工单不能与自己关联，数据未改动。请另选一张。',
    en: 'An order cannot be linked to itself. Nothing was changed. Please choose another.',
  },
  stageTwice: {
    'zh-CN': '节点重复定义，流程未发布。请删去重复的节点。',
    en: 'A stage is defined twice. The workflow was not published. Please remove one.',
  },
  stageMissing: {
    'zh-CN': '流程必须包含待初审和客户签字节点，流程未发布。请补上。',
    en: 'A workflow needs intake review and sign-off. It was not published. Please add the missing stage.',
  },
  firstStage: {
    'zh-CN': '流程的第一个节点必须是待初审，流程未发布。请调整顺序。',
    en: 'The first stage must be intake review. The workflow was not published. Please change the order.',
  },
  unknownStage: {
    'zh-CN': '引用了不存在的节点，未发布。请更正标出的一项。',
    en: 'A stage is named that does not exist. Nothing was published. Please correct the marked item.',
  },
  wrongDirection: {
    'zh-CN': '前进只能到后面的节点，退回只能到前面的节点，流程未发布。请更正标出的移动。',
    en: 'Forward moves lead to later stages and send-backs to earlier ones. The workflow was not published. Please correct the marked move.',
  },
  unreachable: {
    'zh-CN': '有节点无法到达，流程未发布。请给标出的节点加上入口。',
    en: 'A stage cannot be reached. The workflow was not published. Please add a way into the marked stage.',
  },
  deadEnd: {
    'zh-CN': '有节点走不到客户签字，流程未发布。请给标出的节点加上前进的出口。',
    en: 'A stage never leads to sign-off. The workflow was not published. Please add a way forward from the marked stage.',
  },
  fieldTwice: {
    'zh-CN': '字段“{name}”已存在，流程未发布。请换一个名称。',
    en: 'The field “{name}” exists already. The workflow was not published. Please choose another name.',
  },
  noChoices: {
    'zh-CN': '选择字段“{name}”没有选项或选项重复，流程未发布。请更正选项。',
    en: 'The choice field “{name}” has no choices or the same one twice. The workflow was not published. Please correct them.',
  },
  requiredNotShown: {
    'zh-CN': '必填字段“{name}”到该节点为止都没有显示，流程未发布。请先把它加到节点的字段中。',
    en: 'The required field “{name}” is not shown by then. The workflow was not published. Please add it to the stage’s fields.',
  },
  neverPossible: {
    'zh-CN': '备件只能在备件锁定节点预留，签字只能在客户签字节点采集，其他节点不能要求，流程未发布。请去掉标出的要求。',
    en: 'Parts are reserved in the parts lock stage alone, signatures captured in sign-off alone. The workflow was not published. Please remove the marked requirement.',
  },
  effectElsewhere: {
    'zh-CN': '自动放行和缺料冻结只能用于备件锁定节点，流程未发布。请去掉标出的设置。',
    en: 'Passing without parts and freezing belong to the parts lock stage. The workflow was not published. Please remove the marked setting.',
  },
  stepMissing: {
    'zh-CN': '缺料冻结需要写明冻结时的下一步，流程未发布。请补上。',
    en: 'Freezing needs a next step for frozen orders. The workflow was not published. Please add it.',
  },
} as const satisfies Record<string, { 'zh-CN': string; en: string }>
