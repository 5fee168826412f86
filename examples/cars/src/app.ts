import { fastify, type FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import type { Database } from './database.ts'

interface CarBody {
  readonly make: string
  readonly model: string
  readonly colour?: string
}

const carBody = {
  type: 'object',
  required: ['make', 'model'],
  additionalProperties: false,
  properties: {
    make: { type: 'string', maxLength: 50 },
    model: { type: 'string', maxLength: 50 },
    colour: { type: 'string', maxLength: 20 },
  },
}

/** The HTTP API: `GET /cars`, `GET /cars/:model`, `POST /cars`, `DELETE /cars/:model`. */
export function makeApp(db: Kysely<Database>): FastifyInstance {
  const app = fastify()

  const findCar = (model: string) =>
    db.selectFrom('cars').selectAll().where('model', '=', model).executeTakeFirst()

  app.get('/cars', () => db.selectFrom('cars').selectAll().orderBy('model').execute())

  app.get<{ Params: { model: string } }>('/cars/:model', async (request, reply) => {
    const car = await findCar(request.params.model)
    return car ?? reply.code(404).send({ message: `no car '${request.params.model}'` })
  })

  app.post<{ Body: CarBody }>('/cars', { schema: { body: carBody } }, async (request, reply) => {
    const { model } = request.body
    // The unique index of the database has the last word; this answers the usual case politely.
    if (await findCar(model)) return reply.code(409).send({ message: `there is a '${model}'` })
    await db.insertInto('cars').values(request.body).execute()
    return reply.code(201).send(await findCar(model))
  })

  app.delete<{ Params: { model: string } }>('/cars/:model', async (request, reply) => {
    await db.deleteFrom('cars').where('model', '=', request.params.model).execute()
    return reply.code(204).send()
  })

  return app
}
