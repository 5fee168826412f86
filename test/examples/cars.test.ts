// The walk of examples/cars/README.md by the built command, and its HTTP API on what came out.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { MetaData } from '../../src/sql/schema/metadata.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { dumpDirectCreate } from './direct-create.ts'
import { copyExample, type ExampleProject } from './example-project.ts'
import { dumpSchema } from './schema-dump.ts'

const colour = `  colour: sa.Column(sa.String(20), { nullable: false, serverDefault: 'white' }),\n`

describeEachDatabase('examples/cars', (db) => {
  it('makes two revisions of a changing model, serves cars, and goes back', async () => {
    const [scratch, direct] = [await db.createScratch(), await db.createScratch()]
    const cars = copyExample('cars', { ...environmentOf(scratch), PORT: '0' })
    const created = async (): Promise<string> => {
      const { Base } = await cars.importModels()
      const { metadata } = Base as { readonly metadata: MetaData }
      return await dumpDirectCreate(db.name, direct, metadata)
    }
    const migrated = (): Promise<string> => dumpSchema(db.name, scratch)
    try {
      rmSync(join(cars.folder, cars.versions), { recursive: true })
      const empty = await migrated()

      cars.edit('src/models.ts', [colour, ''])
      cars.generate('a1b80c6d4f27', 'create cars')
      cars.alembic('upgrade', 'head')
      const first = await migrated()
      expect(first).toBe(await created())
      await scratch.query("INSERT INTO cars (make, model) VALUES ('Citroën', 'DS')")

      cars.edit('src/models.ts', ['}) {}', `${colour}}) {}`])
      cars.generate('d4e95f7b1a38', 'colour')
      cars.alembic('upgrade', 'head')
      expect(await migrated()).toBe(await created())
      expect(cars.alembic('check').stdout).toBe('No new upgrade operations detected.\n')
      await expectApi(cars)

      cars.alembic('downgrade', '-1')
      expect(await migrated()).toBe(first)
      cars.alembic('downgrade', 'base')
      expect(await migrated()).toBe(empty)
    } finally {
      cars.dispose()
      await Promise.all([scratch.dispose(), direct.dispose()])
    }
  }, 60_000)
})

it('examples/cars passes the type checker and the linter', () => {
  const cars = copyExample('cars')
  cars.expectClean()
  cars.dispose()
}, 60_000)

async function expectApi(cars: ExampleProject): Promise<void> {
  const server = cars.start('src/server.ts')
  try {
    const address = await addressOf(server)
    const send = (method: string, path: string, body?: object): Promise<Response> =>
      fetch(`${address}${path}`, {
        method,
        ...(body && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      })
    const beetle = { make: 'Volkswagen', model: 'Beetle', colour: 'red' }
    const posted = await send('POST', '/cars', beetle)
    expect(posted.status).toBe(201)
    expect(await posted.json()).toEqual({ id: 2, ...beetle })
    expect((await send('POST', '/cars', beetle)).status).toBe(409)
    expect((await send('POST', '/cars', { make: 'Fiat' })).status).toBe(400)
    // The row of the first revision has got the default of the second.
    const ds = { id: 1, make: 'Citroën', model: 'DS', colour: 'white' }
    expect(await (await send('GET', '/cars/DS')).json()).toEqual(ds)
    expect(await (await send('GET', '/cars')).json()).toEqual([{ id: 2, ...beetle }, ds])
    expect((await send('DELETE', '/cars/Beetle')).status).toBe(204)
    expect((await send('GET', '/cars/Beetle')).status).toBe(404)
  } finally {
    server.kill()
    await once(server, 'exit')
  }
}

async function addressOf(server: ChildProcess): Promise<string> {
  let printed = ''
  server.stderr?.on('data', (text: Buffer) => (printed += text.toString()))
  return await new Promise((resolve, reject) => {
    server.once('exit', (status) =>
      reject(new Error(`the server ended with ${status}: ${printed}`)),
    )
    server.stdout?.on('data', (text: Buffer) => {
      printed += text.toString()
      const address = /listening on (\S+)\n/.exec(printed)?.[1]
      if (address !== undefined) resolve(address)
    })
  })
}

function environmentOf({ url }: ScratchDatabase): Record<string, string> {
  if (url.startsWith('sqlite:')) return { DATABASE_URL: url }
  const { protocol, hostname, port, username, password, pathname } = new URL(url)
  return {
    DATABASE_URL: '',
    DB_DIALECT: protocol.slice(0, -1),
    DB_HOST: hostname,
    DB_PORT: port,
    DB_USER: decodeURIComponent(username),
    DB_PASSWORD: decodeURIComponent(password),
    DB_NAME: pathname.slice(1),
  }
}
