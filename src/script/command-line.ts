const ARGUMENT = /(?:[^\s'"\\]|'[^']*'|"(?:\\[^]|[^"\\])*"|\\[^])+/g
const PIECE = /'([^']*)'|"((?:\\[^]|[^"\\])*)"|\\([^])|([^'"\\]+)/g

/** Splits a command line as a shell does: at white space outside of quotes, backslashes keeping the next character. */
export function splitCommandLine(text: string): string[] {
  return Array.from(text.match(ARGUMENT) ?? [], (argument) =>
    argument.replace(
      PIECE,
      (_, single?: string, double?: string, escaped?: string, plain?: string) =>
        single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '',
    ),
  )
}
