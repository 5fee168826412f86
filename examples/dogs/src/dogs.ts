import type { Kysely } from 'kysely'
import type { Database } from './database.ts'
import type { Dog, NewDog } from './models.ts'

/** Stores a dog and returns it with its number. */
export async function addDog(db: Kysely<Database>, dog: NewDog): Promise<Dog> {
  return await db.insertInto('dogs').values(dog).returningAll().executeTakeFirstOrThrow()
}

/** All dogs, the one that was added first first. */
export async function getAllDogs(db: Kysely<Database>): Promise<Dog[]> {
  return await db.selectFrom('dogs').selectAll().orderBy('id').execute()
}

/** The dog of that number, or undefined. */
export async function getDog(db: Kysely<Database>, id: number): Promise<Dog | undefined> {
  return await db.selectFrom('dogs').selectAll().where('id', '=', id).executeTakeFirst()
}
