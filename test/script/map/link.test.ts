import { describe, expect, it } from 'vitest'
import { type ShortRevision, directoryOf, scriptOf } from '../graph.ts'

function loadError(revisions: readonly ShortRevision[]): string {
  try {
    directoryOf(revisions).getHeads()
    return 'loaded'
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

describe('what is wrong with a graph as a whole', () => {
  it.each<[string, readonly ShortRevision[], string]>([
    ['itself as parent', [['a', 'a']], 'LoopDetectedError: Self-loop is detected in revisions (a)'],
    [
      'itself as dependency',
      [['a', null, { deps: 'a' }]],
      'DependencyLoopDetectedError: Dependency self-loop is detected in revisions (a)',
    ],
    [
      'nothing but a circle',
      [
        ['b', 'a'],
        ['a', 'b'],
      ],
      'CycleDetectedError: Cycle is detected in revisions (b, a)',
    ],
    [
      'a circle beside the rest',
      [['ok'], ['r2', 'r1'], ['r1', 'r2']],
      'CycleDetectedError: Cycle is detected in revisions (r1, r2)',
    ],
    [
      'a circle with a way in and a way out',
      [['base'], ['x', ['base', 'y']], ['y', 'x'], ['top', 'y'], ['side', 'base']],
      'CycleDetectedError: Cycle is detected in revisions (x, y)',
    ],
    [
      'a circle by dependencies',
      [['a'], ['b', 'a', { deps: 'c' }], ['c', 'b'], ['d', 'c']],
      'DependencyCycleDetectedError: Dependency cycle is detected in revisions (b, c)',
    ],
    [
      'a circle by dependencies without a base',
      [
        ['a', null, { deps: 'b' }],
        ['b', 'a'],
      ],
      'DependencyCycleDetectedError: Dependency cycle is detected in revisions (a, b)',
    ],
    [
      'a missing parent',
      [['b', 'gone']],
      'RevisionError: Revision gone referenced from b.ts is not present',
    ],
    [
      'a missing dependency',
      [['b', null, { deps: 'gone' }]],
      'RevisionError: Revision gone referenced from b.ts is not present',
    ],
    [
      'a label as parent',
      [
        ['a', null, { labels: 'x' }],
        ['b', 'x'],
      ],
      'RevisionError: Dependency resolution failed; broken map',
    ],
    [
      'a label twice',
      [
        ['a', null, { labels: 'x' }],
        ['b', null, { labels: 'x' }],
      ],
      "RevisionError: Branch name 'x' in revision b already used by revision a",
    ],
    [
      'an id as label',
      [['a'], ['b', 'a', { labels: 'a' }]],
      "RevisionError: Branch name 'a' in revision b already used by revision a",
    ],
    [
      'a sign with a meaning',
      [['a-b:c+']],
      "RevisionError: Character(s) '+, -, :' not allowed in revision identifier 'a-b:c+'",
    ],
  ])('%s', (_, revisions, expected) => {
    expect(loadError(revisions)).toBe(expected)
  })

  it('fails in the same way at every question', () => {
    const script = directoryOf([
      ['b', 'a'],
      ['a', 'b'],
    ])
    expect(() => script.getHeads()).toThrow('Cycle')
    expect(() => script.getRevision('a')).toThrow('Cycle')
  })
})

describe('a revision id in two files', () => {
  const warnings: string[] = []
  const script = directoryOf([['a'], ['b', 'a'], ['b', 'a']], (text) => warnings.push(text))

  it('gives a warning, and the last file wins', () => {
    expect(script.getHeads()).toEqual(['b', 'b'])
    expect(script.revisionMap.revisions.map(({ revision }) => revision)).toEqual(['a', 'b'])
    expect(warnings).toEqual(['Revision b is present more than once'])
  })

  it('is not warned of again when a revision is added', () => {
    script.revisionMap.addRevision(scriptOf(['c', 'b']))
    expect(script.getHeads()).toEqual(['b', 'c'])
    expect(warnings).toHaveLength(1)
  })
})

describe('branch labels', () => {
  it.each<[string, readonly ShortRevision[], Record<string, string>]>([
    [
      'go up to every descendant, through merges',
      [
        ['a'],
        ['x1', 'a', { labels: 'x' }],
        ['y1', 'a', { labels: 'y' }],
        ['m', ['x1', 'y1']],
        ['n', 'm'],
      ],
      { x1: 'x', y1: 'y', m: 'x y', n: 'x y' },
    ],
    [
      'go down a line that does not branch',
      [['a'], ['b', 'a'], ['c', 'b', { labels: 'x' }], ['d', 'c']],
      { a: 'x', b: 'x', c: 'x', d: 'x' },
    ],
    [
      'stop at a branch point below',
      [['a'], ['b', 'a'], ['c', 'b', { labels: 'x' }], ['o', 'a']],
      { b: 'x', c: 'x' },
    ],
    [
      'stop where something depends on a revision of the line and something follows it',
      [['a'], ['b', 'a'], ['c', 'b', { labels: 'x' }], ['o', null, { deps: 'b' }]],
      { c: 'x' },
    ],
    [
      'do not go down from below a branching',
      [['a'], ['b', 'a', { labels: 'x' }], ['c', 'b'], ['d', 'b']],
      { b: 'x', c: 'x', d: 'x' },
    ],
  ])('%s', (_, revisions, expected) => {
    const found = directoryOf(revisions).revisionMap.revisions.filter(
      (r) => r.branchLabels.size > 0,
    )
    const labels = found.map((r) => [r.revision, [...r.branchLabels].sort().join(' ')])
    expect(Object.fromEntries(labels)).toEqual(expected)
  })
})
