import { defineConfig } from 'alembic-ts'
import { databaseUrl } from './src/database.ts'
import { metadata } from './src/models.ts'

export default defineConfig({
  url: databaseUrl(),
  models: metadata,
  scriptLocation: 'migrations',
})
