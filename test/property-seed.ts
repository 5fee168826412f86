import fc from 'fast-check'

// In CI a run must fail for what was changed, not for luck: the properties get one seed there. `ALEMBIC_TEST_SEED` sets
// another; everywhere else each run has its own, which a failure prints.
const seed =
  process.env['ALEMBIC_TEST_SEED'] ?? (process.env['CI'] === undefined ? null : '20261120')
if (seed !== null) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) })
