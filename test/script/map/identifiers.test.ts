import { describe, expect, it } from 'vitest'
import { directoryOf } from '../graph.ts'

const script = directoryOf([
  ['abcd11'],
  ['abcd22', 'abcd11', { labels: 'shop' }],
  ['abce33', 'abcd11', { labels: 'blog' }],
  ['xyz', 'abcd22'],
])
const map = script.revisionMap

function answer(ask: () => unknown): unknown {
  try {
    return ask()
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

describe('one revision', () => {
  it.each<[string | null, string | null]>([
    ['abcd11', 'abcd11'],
    ['abce', 'abce33'],
    ['abce3', 'abce33'],
    ['shop', 'abcd22'],
    ['blo', 'abce33'],
    ['xyz', 'xyz'],
    ['shop@head', 'xyz'],
    ['blog@head', 'abce33'],
    ['abce33@abcd11', 'abcd11'],
    ['shop@abcd2', 'abcd22'],
    ['base', null],
    [null, null],
    ['shop@base', null],
    ['abcd', "ResolutionError: Multiple revisions start with 'abcd': 'abcd11', 'abcd22'..."],
    [
      'xy',
      "ResolutionError: No such revision or branch 'xy'; please ensure at least four characters are present for partial revision identifier matches",
    ],
    ['nowhere', "ResolutionError: No such revision or branch 'nowhere'"],
    ['nope@abcd11', "ResolutionError: No such branch: 'nope'"],
    ['blog@xyz', "ResolutionError: Revision xyz is not a member of branch 'blog'"],
    [
      'head',
      "MultipleHeadsError: Multiple heads are present for given argument 'head'; abce33, xyz",
    ],
    [
      'heads',
      "MultipleHeadsError: Multiple heads are present for given argument 'heads'; abce33, xyz",
    ],
    [
      '@',
      "ResolutionError: No such revision or branch ''; please ensure at least four characters are present for partial revision identifier matches",
    ],
  ])('%s', (id, expected) => {
    expect(answer(() => map.getRevision(id)?.revision ?? null)).toBe(expected)
  })
})

describe('several revisions', () => {
  it.each<[string | readonly string[], unknown]>([
    ['heads', ['abce33', 'xyz']],
    [
      ['abcd11', 'shop'],
      ['abcd11', 'abcd22'],
    ],
    ['base', []],
    ['-1', ['abcd11', 'abcd22']],
    ['shop@-1', ['abcd22']],
    ['shop@-3', ['base']],
    ['shop@-4', [null]],
    [
      '+1',
      "ResolutionError: No such revision or branch '+1'; please ensure at least four characters are present for partial revision identifier matches",
    ],
  ])('%s', (id, expected) => {
    const ids = (): unknown =>
      map.getRevisions(id).map((r) => (r === null || r === 'base' ? r : r.revision))
    expect(answer(ids)).toEqual(expected)
  })

  it('what a database driver returns that is no text is said to be so', () => {
    expect(answer(() => map.getRevision([Buffer.from('a')] as never))).toBe(
      'RevisionError: revision identifier [ <Buffer 61> ] is not a string; ensure database driver settings are correct',
    )
  })
})

describe('texts for users', () => {
  it.each<[string, () => unknown, string]>([
    [
      'unknown',
      () => script.getRevision('nowhere'),
      "Can't locate revision identified by 'nowhere'",
    ],
    ['ambiguous', () => script.getRevision('abcd'), "Can't locate revision identified by 'abcd'"],
    [
      'several heads',
      () => script.getRevision('head'),
      "Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads",
    ],
    [
      'the current head',
      () => script.getCurrentHead(),
      'The script directory has multiple heads (due to branching).Please use get_heads(), or merge the branches using alembic merge.',
    ],
    [
      'a range the wrong way round',
      () => [...script.walkRevisions('xyz', 'abcd11')],
      'Requested range xyz:abcd11 does not refer to ancestor/descendant revisions along the same branch',
    ],
  ])('%s', (_, ask, expected) => {
    expect(answer(ask)).toBe(`CommandError: ${expected}`)
  })

  it('gives ids for symbols', () => {
    expect(script.asRevisionNumber('heads')).toEqual(['abce33', 'xyz'])
    expect(script.asRevisionNumber('shop@head')).toBe('xyz')
    expect(script.asRevisionNumber('base')).toBeNull()
    expect(script.getBase()).toBe('abcd11')
    expect(script.getBases()).toEqual(['abcd11'])
    expect(script.getAllCurrent(['xyz']).map(({ revision }) => revision)).toEqual(['xyz'])
  })
})
