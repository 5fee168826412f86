import { describe, expect, it } from 'vitest'
import { dateInZone } from '../../src/script/create-date.ts'
import { fillFileTemplate, slugOf } from '../../src/script/file-name.ts'

describe('slug', () => {
  it.each<[string | null, number, string]>([
    ['add Users table', 40, 'add_users_table'],
    ['a very long message here', 10, 'a_very_'],
    ['averyveryverylongword', 10, 'averyveryv_'],
    ["it's: a (test) / ünïcode ÄÖ", 40, 'it_s_a_test_ünïcode_äö'],
    ['!!!', 40, ''],
    [null, 40, ''],
  ])('%s, %d', (message, length, expected) => {
    expect(slugOf(message, length)).toBe(expected)
  })
})

describe('file template', () => {
  const parts = {
    revision: 'abc123',
    message: 'Add Users',
    createDate: dateInZone(new Date('2026-03-07T05:04:09.123Z'), 'UTC'),
    maxSlugLength: 40,
  }

  it.each([
    ['%(rev)s_%(slug)s', 'abc123_add_users'],
    [
      '%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d%(second).2d-%(rev)s',
      '2026_03_07_050409-abc123',
    ],
    ['%(year)d/%(month)02d/%(rev)s', '2026/03/abc123'],
    ['%(epoch)s_%(rev).3s_100%%', '1772859849_abc_100%'],
    ['[%(rev)8s|%(rev)-8s]', '[  abc123|abc123  ]'],
  ])('%s', (template, expected) => {
    expect(fillFileTemplate(template, parts)).toBe(expected)
  })

  it.each(['%(nosuch)s', '%(rev)d', '%s', '50%', '%(toString)s'])('%s is refused', (template) => {
    expect(() => fillFileTemplate(template, parts)).toThrow(
      'known are %(rev)s, %(slug)s, %(epoch)s, %(year)s, %(month)s, %(day)s, %(hour)s, %(minute)s, %(second)s',
    )
  })
})

describe('create date', () => {
  const now = new Date('2026-07-01T22:30:05.042Z')

  it.each([
    ['UTC', '2026-07-01 22:30:05.042000+00:00'],
    ['utc', '2026-07-01 22:30:05.042000+00:00'],
    ['Europe/Paris', '2026-07-02 00:30:05.042000+02:00'],
    ['America/St_Johns', '2026-07-01 20:00:05.042000-02:30'],
  ])('%s', (zone, expected) => {
    expect(dateInZone(now, zone).text).toBe(expected)
  })

  it("is the machine's own without a zone, and says no offset", () => {
    expect(dateInZone(now, null).text).toMatch(/^2026-07-0[12] \d\d:\d\d:05\.042000$/)
    expect(dateInZone(new Date(0), 'UTC').text).toBe('1970-01-01 00:00:00+00:00')
  })

  it('refuses an unknown zone', () => {
    expect(() => dateInZone(now, 'mars/x')).toThrow("Can't locate timezone: mars/x")
  })
})
