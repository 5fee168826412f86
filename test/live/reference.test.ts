import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { describeWithReference } from './reference.ts'

describeWithReference('the reference', (reference) => {
  it('runs', () => {
    const { status, stdout } = reference.run(['--help'], tmpdir())
    expect(status).toBe(0)
    expect(stdout).toContain('upgrade')
  })
})
