import { op } from '../../../src/operations/operations.ts'
import * as sa from '../../../src/sa.ts'
import { noEnums } from './refusals.ts'
import type { LiveRow } from './row.ts'

const createMood = () => op.createEnum('mood', ['sad', 'ok'])
const sequences = {
  postgresql: 'SELECT start_value, increment_by, max_value FROM pg_sequences',
  mariadb: 'SELECT start_value, increment, maximum_value FROM numbers',
  firebird:
    'SELECT rdb$initial_value, rdb$generator_increment FROM rdb$generators WHERE rdb$system_flag = 0',
}

/** Enumeration types and sequences. */
export const namedTypeRows: readonly LiveRow[] = [
  {
    title: 'createEnum',
    run: ({ schema }) => {
      void op.createEnum('mood', ['sad', "it's ok"])
      return op.createEnum('Mood', ['sad'], { schema })
    },
    changes: {
      postgresql: ["+ enum mood (sad, it's ok)", '+ enum other.Mood (sad)'],
      mariadb: noEnums('mariadb'),
      sqlite: noEnums('sqlite'),
      firebird: noEnums('firebird'),
    },
  },
  {
    title: 'dropEnum',
    given: ({ name }) => (name === 'postgresql' ? createMood() : undefined),
    run: () => op.dropEnum('mood'),
    back: () => createMood(),
    changes: {
      postgresql: ['- enum mood (sad, ok)'],
      mariadb: noEnums('mariadb'),
      sqlite: noEnums('sqlite'),
      firebird: noEnums('firebird'),
    },
  },
  {
    title: 'addEnumValue, used in the same revision',
    given: ({ name }) => (name === 'postgresql' ? createMood() : undefined),
    run: async () => {
      await op.addEnumValue('mood', 'so-so', { before: 'ok', existingValues: ['sad', 'ok'] })
      await op.execute(sa.text("SELECT CAST('so-so' AS mood)"))
    },
    changes: {
      postgresql: ['- enum mood (sad, ok)', '+ enum mood (sad, so-so, ok)'],
      mariadb: noEnums('mariadb'),
      sqlite: noEnums('sqlite'),
      firebird: noEnums('firebird'),
    },
  },
  {
    title: 'renameEnumValue',
    given: ({ name }) => (name === 'postgresql' ? createMood() : undefined),
    run: () => op.renameEnumValue('mood', 'ok', 'fine'),
    changes: {
      postgresql: ['- enum mood (sad, ok)', '+ enum mood (sad, fine)'],
      mariadb: noEnums('mariadb'),
      sqlite: noEnums('sqlite'),
      firebird: noEnums('firebird'),
    },
  },
  {
    title: 'alterEnum, with the rows of a table',
    given: ({ name }) => {
      if (name !== 'postgresql') return
      void createMood()
      void op.createTable(
        't',
        sa.Column('m', sa.postgresql.ENUM('sad', 'ok', { name: 'mood', createType: false })),
      )
      void op.execute("INSERT INTO t VALUES ('sad'), ('ok')")
    },
    run: () =>
      op.alterEnum('mood', ['happy', 'ok'], {
        existingValues: ['sad', 'ok'],
        replace: { sad: 'ok' },
      }),
    back: async () => {
      await op.alterEnum('mood', ['sad', 'ok'], { existingValues: ['happy', 'ok'] })
      await op.execute('DELETE FROM t')
      await op.execute("INSERT INTO t VALUES ('sad'), ('ok')")
    },
    rows: { postgresql: 'SELECT m FROM t ORDER BY m' },
    changes: {
      postgresql: ['- enum mood (sad, ok)', '- row sad', '+ enum mood (happy, ok)'],
      mariadb: noEnums('mariadb'),
      sqlite: noEnums('sqlite'),
      firebird: noEnums('firebird'),
    },
  },
  {
    title: 'createSequence',
    run: () => op.createSequence('numbers', { start: 5 }),
    rows: { postgresql: sequences.postgresql, firebird: sequences.firebird },
    changes: {
      postgresql: ['+ sequence numbers', '+ row 5 | 1 | 9223372036854775807'],
      mariadb: ['+ sequence numbers'],
      sqlite: {
        refused:
          'Dialect sqlite has no statement for createSequence; an INTEGER primary key numbers itself',
      },
      firebird: ['+ sequence numbers', '+ row 5 | 1'],
    },
  },
  {
    title: 'createSequence with all its options, in a schema',
    run: ({ schema }) =>
      op.createSequence('numbers', { start: 5, increment: 5, maxvalue: 100, schema }),
    rows: { postgresql: sequences.postgresql, firebird: sequences.firebird },
    changes: {
      postgresql: ['+ sequence other.numbers', '+ row 5 | 5 | 100'],
      mariadb: ['+ sequence other.numbers'],
      sqlite: {
        refused:
          'Dialect sqlite has no statement for createSequence; an INTEGER primary key numbers itself',
      },
      firebird: {
        refused: 'Dialect firebird does not support MAXVALUE 100 of a sequence; leave it out',
      },
    },
  },
  {
    title: 'alterSequence',
    given: ({ name }) => (name === 'sqlite' ? undefined : op.createSequence('numbers')),
    run: () => op.alterSequence('numbers', { increment: 10, existing: { increment: 1 } }),
    rows: sequences,
    changes: {
      postgresql: ['- row 1 | 1 | 9223372036854775807', '+ row 1 | 10 | 9223372036854775807'],
      mariadb: ['- row 1 | 1 | 9223372036854775806', '+ row 1 | 10 | 9223372036854775806'],
      sqlite: {
        refused:
          'Dialect sqlite has no statement for alterSequence; it has no sequences; let the primary key number itself',
      },
      firebird: ['- row 0 | 1', '+ row 0 | 10'],
    },
  },
  {
    title: 'dropSequence',
    given: ({ name }) => (name === 'sqlite' ? undefined : op.createSequence('numbers')),
    run: () => op.dropSequence('numbers'),
    back: () => op.createSequence('numbers'),
    changes: {
      all: ['- sequence numbers'],
      sqlite: {
        refused:
          'Dialect sqlite has no statement for dropSequence; an INTEGER primary key numbers itself',
      },
    },
  },
]
