const kept: object[] = []

/**
 * Whether the process may abort when an object of this database is collected: of `better-sqlite3` before 13, which is older
 * than Node-API, on Node 24.19 and later, while no JavaScript runs (nodejs/node#65446: "Assertion failed: (env) !=
 * nullptr").
 */
export function mayAbortWhenCollected(
  database: object,
  nodeVersion: string = process.versions.node,
): boolean {
  return Number.parseInt(nodeVersion, 10) >= 24 && !('explain' in database) && !('sync' in database)
}

/** Keeps an object until the process ends. What SQLite holds of it goes when its database is closed. */
export function keep<Kept extends object>(object: Kept): Kept {
  kept.push(object)
  return object
}
