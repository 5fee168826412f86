import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Makes a folder with these files, which is gone when the test is. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-script-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** The source of a revision file. */
export function revisionFile(revision: string, down: string | null, message = revision): string {
  return `/**
 * ${message}
 *
 * Revision ID: ${revision}
 */
export const revision = '${revision}'
export const downRevision = ${down === null ? 'null' : `'${down}'`}

export async function upgrade(): Promise<void> {}

export async function downgrade(): Promise<void> {}
`
}

/** A template as `alembic init` makes it, without what tests don't need. */
export const TEMPLATE = `/**
 * <%= it.message %>
 *
 * Revision ID: <%= it.upRevision %>
 * Revises: <%= it.comma(it.downRevision) %>
 * Create Date: <%= it.createDate %>
 */
export const revision = <%~ it.literal(it.upRevision) %>
export const downRevision = <%~ it.literal(it.downRevision) %>
export const branchLabels = <%~ it.literal(it.branchLabels) %>
export const dependsOn = <%~ it.literal(it.dependsOn) %>

export async function upgrade(): Promise<void> {<%~ it.upgrades %>}

export async function downgrade(): Promise<void> {<%~ it.downgrades %>}
`
