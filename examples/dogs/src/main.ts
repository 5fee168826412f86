import { openDatabase } from './database.ts'
import { addDog, getAllDogs, getDog } from './dogs.ts'

const db = openDatabase()
try {
  const rex = await addDog(db, { name: 'Rex', birthday: '2019-05-04', weight: 31.5, height: 62 })
  await addDog(db, { name: 'Laika' })
  console.log(await getDog(db, rex.id))
  console.log(await getAllDogs(db))
} finally {
  await db.destroy()
}
