import { boardWordsEn } from './board.en.ts'
import { insightWordsEn } from './insight.en.ts'
import { wallWordsEn } from './wall.en.ts'
import { liveWordsEn } from './live.en.ts'
import { rosterWordsEn } from './roster.en.ts'
import { masterWordsEn } from './master.en.ts'
import { registerWordsEn } from './register.en.ts'
import { dispatchWordsEn } from './dispatch.en.ts'
import { financeWordsEn } from './finance.en.ts'
import { surveyWordsEn } from './survey.en.ts'
import { patternWordsEn } from './pattern.en.ts'
import { rescueWordsEn } from './rescue.en.ts'
import { lookoutWordsEn } from './lookout.en.ts'
import { reportWordsEn } from './report.en.ts'
import { promiseWordsEn } from './promise.en.ts'
import { orderWordsEn } from './order.en.ts'
import { ordersWordsEn } from './orders.en.ts'
import { auditWordsEn } from './audit.en.ts'
import { settingsWordsEn } from './settings.en.ts'
import { shellWordsEn } from './shell.en.ts'
import type { Messages } from './zh-CN.ts'

/** The same in English. */
export const en: Messages = {
  ...boardWordsEn,
  ...wallWordsEn,
  ...insightWordsEn,
  ...liveWordsEn,
  ...masterWordsEn,
  ...rosterWordsEn,
  ...registerWordsEn,
  ...orderWordsEn,
  ...promiseWordsEn,
  ...dispatchWordsEn,
  ...financeWordsEn,
  ...reportWordsEn,
  ...lookoutWordsEn,
  ...rescueWordsEn,
  ...patternWordsEn,
  ...surveyWordsEn,
  ...ordersWordsEn,
  ...auditWordsEn,
  ...settingsWordsEn,
  ...shellWordsEn,
  app: { title: 'Loopdesk', demo: 'Demo' },
  phone: { extension: '{number} ext. {extension}' },
  list: { separator: ', ', sentence: '; ' },
  language: { 'zh-CN': '中文', en: 'English' },
  theme: { system: 'As the system', light: 'Light', dark: 'Dark' },
  user: { menu: 'Menu of {name}' },
  state: {
    chosen: 'chosen',
    loading: 'Loading',
    searching: 'Searching',
    saving: 'Saving',
    optional: 'optional',
    provisional: 'to be confirmed',
    imported: 'imported',
    backdated: 'entered later',
    tooLate: 'had no effect',
    erased: 'Deleted by law',
    yes: 'yes',
    no: 'no',
    forbiddenTitle: 'This page is not open to your role',
    forbidden: 'Nothing of yours has changed. Ask an administrator if you need it.',
  },
  action: {
    retry: 'Try again',
    dismiss: 'Dismiss',
    close: 'Close',
    back: 'Back',
    save: 'Save',
    signIn: 'Sign in',
    signOut: 'Sign out',
    register: 'Register order',
    acknowledge: 'Acknowledge',
    changePassword: 'Change password',
    editField: 'Change {field}',
    download: 'Download',
  },
  signIn: {
    hello: 'Every service order, brought to its close.',
    again: 'Please sign in again',
    kept: 'The session has ended. Your work is still on this page; go on after signing in.',
    login: 'Login',
    password: 'Password',
    entering: 'Signing in',
    demoTitle: 'Demo accounts',
    demoText: 'Pick a role to go straight in. All data are made up.',
    newTitle: 'Please change the password',
    newText: 'The first sign-in asks for a password of your own.',
    current: 'Present password',
    next: 'New password',
  },
  client: {
    unreachableTitle: 'The service center does not answer',
    unreachableStart: 'Trying again by itself. Check that the service center runs, or ask an administrator.',
    unreachable: 'The service center does not answer. What you typed is still here; press again later, it is done only once.',
    serverFault: 'The service center could not finish this. Nothing was changed. Try again later.',
    notNow: '“{action}” is not possible for an order in {stage}.',
    notAllowed: 'Your role does not include “{action}”; please ask a colleague.',
    fileGone: 'This file cannot be had now. Please try again later.',
    refused: 'This was not accepted and nothing was changed ({code}).',
    uploadNotPossible: 'This window cannot upload files yet. Please open the desk in a browser.',
    missingFields: 'Still missing: {fields}.',
  },
  pick: {
    customer: 'Customer name or telephone',
    person: 'Choose a colleague',
    people: 'Choose colleagues',
    machine: 'Model or serial',
    newMachine: 'New machine',
    addMachine: 'Register machine',
    skills: 'e.g. electric, hydraulic',
    choose: 'Please choose',
    none: 'Nothing found',
  },
  bulk: {
    chosen: '{n} chosen',
    clear: 'Choose none',
    mark: 'Choose {number}',
    title: '{action} · {n} orders',
    fits: '{n} can, {rest} cannot now',
    cannot: 'not now',
    most: 'At most {n} at once',
    run: '{action} ({n})',
    done: '{n} done',
    partly: '{n} done, {rest} not accepted; the reasons stand beside them',
    priority: 'Set priority',
    ok: 'done',
    leave: 'Leave out {number}',
    actions: 'To the chosen orders',
  },
  role: {
    dispatcher: 'Dispatcher',
    technicalLead: 'Technical lead',
    supervisor: 'Supervisor',
    director: 'Service director',
    engineer: 'Engineer',
    partsKeeper: 'Parts keeper',
    finance: 'Finance',
    rnd: 'R&D',
    admin: 'Administrator',
  },
  actor: { user: 'Colleague', system: 'System', import: 'Import' },
}
