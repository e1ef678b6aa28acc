// The checkout, wherever the compiled tests lie.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

function findRoot(from: string): string {
  if (existsSync(join(from, 'tsconfig.build.json'))) return from;
  if (dirname(from) === from) throw new Error('the tests do not lie in a checkout of Ferrule');
  return findRoot(dirname(from));
}

export const root = findRoot(import.meta.dirname);
