import type { SubjectKind } from './kernel/event.ts'
import type { AnyFold } from './kernel/fold.ts'
import type { Calendar } from './sla/types.ts'
import type { SlaPolicy } from './sla/policy.ts'
import type { WorkflowDefinition } from './workflow/definition.ts'
import { publishedFold } from './configuration/fold.ts'
import { customerFold } from './customer/fold.ts'
import { deskFold } from './desk/fold.ts'
import { visitPinFold } from './dispatch/pinFold.ts'
import { engineerDayFold } from './engineerDay/fold.ts'
import { financeFold } from './finance/fold.ts'
import { ledgerFold } from './ledger/fold.ts'
import { monthFold } from './month/fold.ts'
import { priceFold } from './priceList/fold.ts'
import { equipmentFold } from './equipment/fold.ts'
import { settingsFold } from './setting/fold.ts'
import { readingFold } from './notification/readingFold.ts'
import { patternFold } from './pattern/fold.ts'
import { knownDefectFold } from './knownDefect/fold.ts'
import { providerFold } from './provider/fold.ts'
import { contractFold } from './contract/fold.ts'
import { stockFold } from './stock/fold.ts'
import { engineerProfileFold } from './roster/profileFold.ts'
import { shiftMonthFold } from './roster/monthFold.ts'
import { skillFold } from './skill/fold.ts'
import { shiftHandoverFold } from './shiftHandover/fold.ts'
import { userFold } from './user/fold.ts'
import { defaultViewFold, viewFold } from './view/fold.ts'
import { workOrderFold } from './workOrder/evolve.ts'

/** Every kind of subject and how it folds: a new feature adds its kind here and to nothing else. */
export const folds = {
  desk: deskFold,
  user: userFold,
  workflow: publishedFold<WorkflowDefinition>(),
  slaPolicy: publishedFold<SlaPolicy>(),
  calendar: publishedFold<Calendar>(),
  customer: customerFold,
  equipment: equipmentFold,
  serviceProvider: providerFold,
  serviceContract: contractFold,
  knownDefect: knownDefectFold,
  faultPattern: patternFold,
  workOrder: workOrderFold,
  shiftHandover: shiftHandoverFold,
  stock: stockFold,
  engineerDay: engineerDayFold,
  visitPin: visitPinFold,
  skill: skillFold,
  engineerProfile: engineerProfileFold,
  shiftMonth: shiftMonthFold,
  view: viewFold,
  defaultView: defaultViewFold,
  settings: settingsFold,
  finance: financeFold,
  ledger: ledgerFold,
  month: monthFold,
  price: priceFold,
  reading: readingFold,
} satisfies Record<SubjectKind, AnyFold>

/** The state of a kind of subject. */
export type StateOf<Kind extends SubjectKind> = ReturnType<(typeof folds)[Kind]['initial']>
