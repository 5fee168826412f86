/** Names of parameters and options that hold secrets: `sslpassword`, `wallet_password`, `authToken`, `PWD`. */
const SECRET_NAME =
  /pass(?:word|wd|phrase|code)|pwd|secret|token|credential|(?:api|access|encryption)_?key/i

// A connection string as a whole may hold a password.
const SECRET_PARAMETER = new RegExp(`${SECRET_NAME.source}|^odbc_connect$`, 'i')

/** Whether a query parameter of a URL, or an option of that name, holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_PARAMETER.test(name)
}

/** Text for a message, without the passwords of URLs and of other options in it: `postgresql://app:***@host/db`. */
export function hidePasswords(text: string): string {
  const hidden = text
    .replaceAll(/(:\/\/[^\s:/@]*:)\S*@/g, '$1***@')
    .replaceAll(/([?&]([^\s=&]+)=)[^\s&]*/g, (found, start: string, name: string) =>
      isSecretName(name) ? `${start}***` : found,
    )
  // `db_password s3cret`, where somebody forgot the sign between them.
  return hidden === text && !text.includes('://')
    ? text.replace(new RegExp(`(\\S*(?:${SECRET_NAME.source})\\w*[\\s:=]+).+`, 'is'), '$1***')
    : hidden
}
