import { describe, expect, it } from 'vitest'
import { type ShortRevision, directoryOf, trace } from './graph.ts'

type Move = readonly [command: string, rows: string, result: string]

function move(revisions: readonly ShortRevision[], [command, rows]: Move): string {
  const script = directoryOf(revisions)
  const current = rows === '' ? [] : rows.split(' ')
  const [name, target = ''] = command.split(' ')
  try {
    const steps =
      name === 'upgrade'
        ? script.upgradeRevs(target, current)
        : name === 'downgrade'
          ? script.downgradeRevs(target, current)
          : script.stampRevs(target.split(','), current)
    return trace(steps, current)
  } catch (error) {
    return (error as Error).message
  }
}

function check(revisions: readonly ShortRevision[], moves: readonly Move[]): void {
  it.each(moves)('%s from {%s}', (...each) => {
    expect(move(revisions, each)).toBe(each[2])
  })
}

// Letters are branches; the tables are the reference's own answers.
const G1: readonly ShortRevision[] = [
  ['a'],
  ['b', 'a'],
  ['c1', 'b'],
  ['c2', 'b', { labels: 'x' }],
  ['d1', 'c1'],
  ['d2', 'c2'],
  ['m', ['d1', 'd2']],
  ['e', 'm'],
]

describe('G1: a branch and its merge', () => {
  it('lists newest first and spreads the label', () => {
    const script = directoryOf(G1)
    expect(Array.from(script.walkRevisions(), ({ revision }) => revision).join(' ')).toBe(
      'e m d1 c1 d2 c2 b a',
    )
    const labelled = script.revisionMap.revisions.filter(({ branchLabels }) =>
      branchLabels.has('x'),
    )
    expect(labelled.map(({ revision }) => revision)).toEqual(['c2', 'd2', 'm', 'e'])
    expect(script.getHeads()).toEqual(['e'])
  })

  check(G1, [
    [
      'upgrade heads',
      '',
      'a[+a] b[a>b] c2[b>c2] d2[c2>d2] c1[+c1] d1[c1>d1] m[-d1 d2>m] e[m>e] → {e}',
    ],
    ['upgrade d2', 'd1', 'c2[+c2] d2[c2>d2] → {d1,d2}'],
    ['upgrade +1', 'b', 'Ambiguous walk'],
    ['upgrade x@+1', 'b', 'c2[b>c2] → {c2}'],
    ['upgrade x@+2', 'c1', 'c2[+c2] d2[c2>d2] → {c1,d2}'],
    ['upgrade m', 'c1 c2', 'd2[c2>d2] d1[c1>d1] m[-d1 d2>m] → {m}'],
    ['upgrade e-1', 'a', 'b[a>b] c2[b>c2] d2[c2>d2] c1[+c1] d1[c1>d1] m[-d1 d2>m] → {m}'],
    ['upgrade b+1', '', 'Ambiguous walk'],
    ['upgrade +2', 'd1 d2', 'Ambiguous upgrade from multiple current revisions'],
    ['upgrade +9', 'a', 'Ambiguous walk'],
    ['upgrade +9', 'm', "Relative revision +9 didn't produce 9 migrations"],
    ['upgrade -1', 'm', "Relative revision -1 didn't produce 1 migrations"],
    ['upgrade a', 'm', '→ {m}'],
    ['upgrade zzz', 'm', "Can't locate revision identified by 'zzz'"],
    ['upgrade e', 'gone', "Can't locate revision identified by 'gone'"],
    [
      'downgrade base',
      'e',
      'e[e>m] m[+d1 m>d2] d1[d1>c1] c1[-c1] d2[d2>c2] c2[c2>b] b[b>a] a[-a] → {}',
    ],
    ['downgrade -1', 'e', 'e[e>m] → {m}'],
    ['downgrade -2', 'e', 'Ambiguous walk'],
    ['downgrade c1', 'm', 'm[+d1 m>d2] d1[d1>c1] → {c1,d2}'],
    ['downgrade d1', 'm', 'm[+d1 m>d2] → {d1,d2}'],
    ['downgrade x@-1', 'c1 c2', 'c2[-c2] → {c1}'],
    ['downgrade x@c2', 'd1 d2', 'd2[d2>c2] → {c2,d1}'],
    ['downgrade x@b', 'd1 d2', 'd2[d2>c2] c2[-c2] → {d1}'],
    ['downgrade x@base', 'd1 d2', 'd1[d1>c1] c1[-c1] d2[d2>c2] c2[c2>b] b[b>a] a[-a] → {}'],
    ['downgrade nope@base', 'd1 d2', "Can't locate revision identified by 'nope'"],
    ['downgrade base', '', '→ {}'],
    ['downgrade e', 'e', '→ {e}'],
    ['downgrade e', 'm', 'Destination e is not a valid downgrade target from current head(s)'],
    ['downgrade -1', '', "Relative revision -1 didn't produce 1 migrations"],
    ['stamp m', 'c1 c2', 'stamp[-c1 c2>m] → {m}'],
    ['stamp b', 'c1 c2', 'stamp[-c1 c2>b] → {b}'],
    ['stamp d2', 'c1', 'stamp[+d2] → {c1,d2}'],
    ['stamp e', 'e', '→ {e}'],
    ['stamp base', 'c1 c2', 'stamp[-c1] stamp[-c2] → {}'],
  ])

  it('warns where -1 could go down from several rows', () => {
    const warnings: string[] = []
    const script = directoryOf(G1, (message) => warnings.push(message))
    expect(trace(script.downgradeRevs('-1', ['c1', 'c2']), ['c1', 'c2'])).toBe('c1[-c1] → {c2}')
    expect(warnings).toEqual([
      'downgrade -1 from multiple heads is ambiguous; this usage will be disallowed in a future release.',
    ])
  })
})

const G2: readonly ShortRevision[] = [
  ['a1', null, { labels: 'A' }],
  ['a2', 'a1'],
  ['b1', null, { labels: 'B' }],
  ['b2', 'b1', { deps: 'a2' }],
  ['b3', 'b2', { deps: 'A' }],
]

describe('G2: a branch that depends on another', () => {
  it('tells heads from real heads', () => {
    const { revisionMap } = directoryOf(G2)
    expect([revisionMap.heads, revisionMap.realHeads]).toEqual([['a2', 'b3'], ['b3']])
    // b2 depends on a2 already, which includes a1; but only what an ancestor names itself is left out.
    expect(revisionMap.getRevision('b3')?.normalizedDependencies).toEqual(['a1'])
  })

  check(G2, [
    ['upgrade heads', '', 'a1[+a1] a2[a1>a2] b1[+b1] b2[-b1 a2>b2] b3[b2>b3] → {b3}'],
    ['upgrade b1', 'a1', 'b1[+b1] → {a1,b1}'],
    ['upgrade b2', 'a1 b1', 'a2[a1>a2] b2[-b1 a2>b2] → {b2}'],
    ['upgrade A@head', 'b1', 'a1[+a1] a2[a1>a2] → {a2,b1}'],
    ['downgrade base', 'b3', 'b3[b3>b2] b2[+b1 b2>a2] b1[-b1] a2[a2>a1] a1[-a1] → {}'],
    ['downgrade b1', 'b3', 'b3[b3>b2] b2[+b1 b2>a2] → {a2,b1}'],
    ['downgrade A@base', 'b3', 'b3[b3>b2] b2[+b1 b2>a2] a2[a2>a1] a1[-a1] → {b1}'],
    ['downgrade B@base', 'b3', 'b3[b3>b2] b2[+b1 b2>a2] b1[-b1] → {a2}'],
    ['downgrade A@-1', 'b3', 'b3[b3>b2] b2[+b1 b2>a2] a2[a2>a1] → {a1,b1}'],
    ['downgrade a1', 'b3', 'b3[b3>b2] b2[+b1 b2>a2] a2[a2>a1] → {a1,b1}'],
    ['downgrade a2', 'b3', 'Destination a2 is not a valid downgrade target from current head(s)'],
    ['downgrade -1', 'b3', 'b3[b3>b2] → {b2}'],
    ['upgrade b3', 'a1 a2', 'Requested revision a2 overlaps with other requested revisions a1'],
  ])
})

const G3: readonly ShortRevision[] = [
  ['a1', null, { labels: 'A' }],
  ['a2', 'a1'],
  ['a3', 'a2'],
  ['b1', null, { labels: 'B' }],
  ['b2', 'b1', { deps: 'a2' }],
  ['b3', 'b2', { deps: 'a3' }],
  ['c1', null, { labels: 'C' }],
  ['c2', 'c1', { deps: 'b2' }],
]

describe('G3: three branches', () => {
  it('lists newest first', () => {
    const ids = Array.from(directoryOf(G3).walkRevisions(), ({ revision }) => revision)
    expect(ids.join(' ')).toBe('b3 c2 c1 b2 b1 a3 a2 a1')
  })

  check(G3, [
    [
      'upgrade heads',
      '',
      'a1[+a1] a2[a1>a2] a3[a2>a3] b1[+b1] b2[b1>b2] c1[+c1] c2[-c1 b2>c2] b3[a3>b3] → {b3,c2}',
    ],
    ['upgrade C@head', '', 'a1[+a1] a2[a1>a2] b1[+b1] b2[-b1 a2>b2] c1[+c1] c2[-c1 b2>c2] → {c2}'],
    ['upgrade a3', 'c2', 'a3[+a3] → {a3,c2}'],
    ['upgrade b3', 'c2', 'a3[+a3] b3[a3>b3] → {b3,c2}'],
    ['upgrade heads', 'a3 b1', 'b2[b1>b2] c1[+c1] c2[-c1 b2>c2] b3[a3>b3] → {b3,c2}'],
    [
      'downgrade base',
      'b3 c2',
      'b3[b3>a3] c2[+c1 c2>b2] c1[-c1] b2[b2>b1] b1[-b1] a3[a3>a2] a2[a2>a1] a1[-a1] → {}',
    ],
    ['downgrade C@base', 'b3 c2', 'c2[c2>c1] c1[-c1] → {b3}'],
    ['downgrade a2', 'b3 c2', 'b3[b3>a3] a3[-a3] → {c2}'],
    ['downgrade C@-1', 'b3 c2', 'c2[c2>c1] → {b3,c1}'],
    ['downgrade B@b1', 'b3 c2', 'b3[b3>a3] c2[+c1 c2>b2] b2[b2>b1] → {a3,b1,c1}'],
    [
      'downgrade A@base',
      'b3 c2',
      'b3[b3>a3] c2[+c1 c2>b2] b2[b2>b1] a3[a3>a2] a2[a2>a1] a1[-a1] → {b1,c1}',
    ],
  ])
})

const G4: readonly ShortRevision[] = [
  ['a'],
  ['b', 'a'],
  ['c', 'a', { deps: 'b' }],
  ['m', ['b', 'c']],
]

describe('G4: a merge of which one parent includes the other', () => {
  check(G4, [
    ['upgrade heads', '', 'a[+a] b[a>b] c[b>c] m[c>m] → {m}'],
    ['downgrade b', 'm', 'm[m>c] → {c}'],
    ['downgrade c', 'm', 'm[m>c] → {c}'],
    ['downgrade a', 'm', 'm[m>c] c[c>b] b[b>a] → {a}'],
    ['downgrade -1', 'm', 'Ambiguous walk'],
  ])
})

describe('parents of which one includes another, beside other rows', () => {
  const revisions: readonly ShortRevision[] = [
    ['a'],
    ['b', 'a'],
    ['c', 'b'],
    ['x'],
    ['m', ['c', 'x'], { deps: 'a' }],
    ['o'],
  ]
  check(revisions, [
    ['upgrade m', 'c x', 'm[-c x>m] → {m}'],
    ['downgrade x', 'm o', 'm[+c m>x] → {c,o,x}'],
  ])
})
