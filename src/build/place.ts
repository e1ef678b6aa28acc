/** Puts a built module where Python imports it: a package with the native module as `__init__`, stubs and `py.typed`. */

import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packageOccupied } from '../diagnostics/catalogue.ts';
import { failure } from '../diagnostics/failure.ts';
import { type FileSet, writeFiles } from '../emit/files.ts';
import { copyIfChanged, makeDirectory } from '../system/files.ts';

export interface Placed {
  /** The folder that `import` has to look into. */
  readonly out: string;
  readonly name: string;
  /** The dynamic library that cargo built. */
  readonly library: string;
  readonly extensionSuffix: string;
  readonly stubs: FileSet;
}

/** Returns the package's folder. @throws Failure when another package is in the way. */
export async function placePackage({ out, name, library, extensionSuffix, stubs }: Placed): Promise<string> {
  const folder = join(out, name);
  if (existsSync(join(folder, '__init__.py'))) throw failure(packageOccupied({ path: folder }));
  await makeDirectory(folder);
  await writeFiles(folder, new Map([...stubs, ['py.typed', '']]));
  await removeOldStubs(folder, stubs);
  await copyIfChanged(library, join(folder, `__init__${extensionSuffix}`));
  return folder;
}

/** Stubs of modules that the crate no longer has. */
async function removeOldStubs(folder: string, stubs: FileSet): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const { name, parentPath } of entries) {
    const path = relative(folder, join(parentPath, name)).replaceAll('\\', '/');
    if (name === '__init__.pyi' && !stubs.has(path)) await rm(join(folder, path));
  }
}
