/** What some work takes of this process. */
export interface Cost {
  readonly wallMilliseconds: number
  readonly cpuMilliseconds: number
}

/** Measures `work`; what the garbage of earlier work costs comes before. */
export async function costOf(work: () => Promise<unknown> | void): Promise<Cost> {
  globalThis.gc?.()
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const wallMilliseconds = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return { wallMilliseconds, cpuMilliseconds: (user + system) / 1000 }
}
