// Our own version, from the package.json that lies above the program wherever it is installed or compiled to.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function ownVersion(from: string = import.meta.dirname): string {
  const manifest = join(from, 'package.json');
  if (!existsSync(manifest)) return ownVersion(dirname(from));
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}
