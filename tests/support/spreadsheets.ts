import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

const answers = (program: string, ...args: string[]): boolean => spawnSync(program, args, { timeout: 60_000 }).status === 0

/** Programs of others that open what we write; `why` ends the name of a test that is skipped without them. */
const PYTHON = '/usr/bin/python3'
const hasOpenpyxl = answers(PYTHON, '-c', 'import openpyxl')
export const openpyxl = { there: hasOpenpyxl, why: hasOpenpyxl ? '' : ' (skipped: no openpyxl; apt-get install python3-openpyxl)' }
const hasOffice = answers('soffice', '--version')
export const libreOffice = { there: hasOffice, why: hasOffice ? '' : ' (skipped: no LibreOffice; apt-get install libreoffice-calc-nogui)' }

/** What a Python script prints of a file, as JSON. */
export const askPython = (script: string, file: string): unknown => JSON.parse(execFileSync(PYTHON, ['-c', script, file], { maxBuffer: 64 * 2 ** 20 }).toString())

/** The cells of every sheet of a book as LibreOffice reads them, by name: values not as shown but as they are. */
export function readByOffice(file: string, folder: string): Map<string, string[][]> {
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  // Separator, quotes, UTF-8, from line 1, …, every sheet into a file of its own.
  const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1'
  execFileSync('soffice', [profile, '--headless', '--convert-to', filter, '--outdir', folder, file], { timeout: 120_000, stdio: 'pipe' })
  const sheets = readdirSync(folder).filter((name) => name.endsWith('.csv'))
  return new Map(sheets.map((name) => [name.slice(name.indexOf('-') + 1, -'.csv'.length), parse(readFileSync(join(folder, name), 'utf8'))]))
}
