import { makeApp } from './app.ts'
import { databaseUrl } from './database-url.ts'
import { openDatabase } from './database.ts'

const db = openDatabase(databaseUrl())
const app = makeApp(db)
app.addHook('onClose', () => db.destroy())
process.once('SIGTERM', () => void app.close())
console.log(`listening on ${await app.listen({ port: Number(process.env['PORT'] ?? 3000) })}`)
