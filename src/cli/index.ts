export { CommandLine } from './command-line.ts'
export type { CommandOptions, CommandSpec, Example } from './command-spec.ts'
export { main } from './main.ts'
export type { OptionSpec, ParsedOptions } from './options.ts'
