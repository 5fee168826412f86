import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import '../../src/index.ts'
import type { Verification } from '../../src/autogenerate/verify/verification.ts'
import { revision, type RevisionOptions } from '../../src/command/revision.ts'
import { makeProject, type Project } from '../command/project.ts'

const TEMPLATE = readFileSync(
  join(import.meta.dirname, '../../templates/generic/script.ts.eta'),
  'utf8',
)

/** What an environment is written of. */
export interface EnvironmentSource {
  readonly url: string
  /** Statements that declare `targetMetadata`. */
  readonly models: string
  /** Options of `context.configure()`, as they stand in its braces. */
  readonly options?: string
  /** Statements after `connection` is there. */
  readonly onConnect?: string
}

/** A project whose environment has one database, and whose new files can be read. */
export class AutogenProject {
  readonly project: Project

  constructor(ini = '') {
    this.project = makeProject(ini)
    this.project.write('alembic/script.ts.eta', TEMPLATE)
  }

  write({ url, models, options = '', onConnect = '' }: EnvironmentSource): void {
    this.project.write(
      'alembic/env.ts',
      `import { context, createEngine, sa } from 'alembic-ts'
${models}
const connection = await createEngine('${url}').connect()
${onConnect}
try {
  await context.configure({ connection, targetMetadata, ${options} })
  await context.beginTransaction(() => context.runMigrations())
} finally {
  await connection.close()
}
`,
    )
  }

  async generate(revId: string, options: RevisionOptions = {}): Promise<void> {
    await revision(this.project.config, { autogenerate: true, revId, message: 'x', ...options })
  }

  /** Generates a revision with `verify`, and gives what came of that. */
  async verify(revId: string, options: RevisionOptions = {}): Promise<Verification | undefined> {
    let found: Verification | undefined
    const onVerified = (verification: Verification): void => {
      found = verification
    }
    await this.generate(revId, { verify: true, onVerified, ...options })
    return found
  }

  files(): readonly string[] {
    return readdirSync(join(this.project.folder, 'alembic/versions')).toSorted()
  }

  /** The source of a revision. */
  source(revId: string): string {
    const file = this.files().find((name) => name.startsWith(revId)) ?? revId
    return readFileSync(join(this.project.folder, 'alembic/versions', file), 'utf8')
  }

  /** Removes all revisions. */
  forget(): void {
    for (const file of this.files()) rmSync(join(this.project.folder, 'alembic/versions', file))
  }

  dispose(): void {
    this.project.dispose()
  }
}
