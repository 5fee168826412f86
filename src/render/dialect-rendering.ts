import type { DialectRendering } from './render-context.ts'

const loaders = new Map<string, () => Promise<DialectRendering>>()

/** Makes known how a dialect renders; an earlier one of that name is replaced. */
export function registerRendering(
  dialectName: string,
  load: () => Promise<DialectRendering>,
): void {
  loaders.set(dialectName, load)
}

/** How the dialect renders; one that registered nothing renders as usual. */
export async function loadRendering(dialectName: string): Promise<DialectRendering> {
  return (await loaders.get(dialectName)?.()) ?? {}
}
