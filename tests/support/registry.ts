// Crates of the registry, wrapped for tests. They share one cache below target/, as one user's wraps do.

import { join } from 'node:path';
import { ferrule } from './ferrule.ts';
import { root } from './root.ts';

/** For the environment of the tool. */
export const wrapCache = { XDG_CACHE_HOME: join(root, 'target', 'cache') };

/** Why tests of the registry cannot run here; false when they can. CI has to have it. */
export async function registryMissing(): Promise<string | false> {
  const { stderr } = await ferrule(['check', 'hex'], { env: wrapCache });
  const isMissing = stderr.includes('error[registry-unreachable]') && process.env['CI'] !== 'true';
  return isMissing && 'the registry of crates does not answer';
}
