import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CommandLine, type CommandSpec } from '../../src/cli/index.ts'
import { CommandError } from '../../src/errors/command-error.ts'

let stdout = ''
beforeEach(() => {
  stdout = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
})
afterEach(() => vi.restoreAllMocks())

const TENANTS: CommandSpec = {
  name: 'list_tenants',
  summary: 'list the tenants',
  arguments: ['<region>'],
  options: ['verbose', 'json', { flags: '--since <date>', description: 'only newer ones' }],
  examples: [['list_tenants eu', 'those of Europe']],
  run: async (config, [region = ''], options) => {
    if (region === 'moon') throw new CommandError('There is nobody on the moon')
    config.printStdout(`${region} ${String(options.verbose)} ${String(options['since'])}`)
    return { tenants: ['acme'] }
  },
}

function commandLine(): CommandLine {
  return new CommandLine({ prog: 'shop-db' }).registerCommand(TENANTS)
}

test('a command of the program takes part in everything', async () => {
  expect(await commandLine().main(['list-tenants', 'eu', '-v', '--since', '2026'])).toBe(0)
  expect(stdout).toBe('eu true 2026\n')
  stdout = ''
  expect(await commandLine().main(['list_tenants', 'eu', '--json'])).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ tenants: ['acme'] })
  stdout = ''
  expect(await commandLine().main(['list_tenants', '--help'])).toBe(0)
  expect(stdout).toContain('Usage: shop-db list_tenants')
  expect(stdout).toContain('  shop-db list_tenants eu\n      those of Europe')
  stdout = ''
  expect(await commandLine().main(['__complete', 'list_ten'])).toBe(0)
  expect(stdout).toBe('list_tenants\tlist the tenants\n')
  expect(await commandLine().main(['list_tenants'])).toBe(2)
})

test('its errors are reported as those of any other command', async () => {
  expect(await commandLine().main(['list_tenants', 'moon'])).toBe(255)
  expect(stdout).toBe('FAILED: There is nobody on the moon\n')
})

test('a command of the same name takes the place of the one that is there', async () => {
  const own = new CommandLine().registerCommand({
    name: 'heads',
    summary: 'our heads',
    arguments: [],
    options: [],
    run: async (config) => config.printStdout('ours'),
  })
  expect(await own.main(['heads'])).toBe(0)
  expect(stdout).toBe('ours\n')
})
