/** Puts a built module where Python imports it: a package with the native module as `__init__`, stubs and `py.typed`. */

import { existsSync, readdirSync, statSync } from 'node:fs';
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

/**
 * Nothing that somebody else put there is written into or hidden.
 *
 * @throws Failure when a package, a module or another folder of that name is in the way
 */
export function requirePlace(out: string, name: string): void {
  const folder = join(out, name);
  const what = occupant(folder);
  if (what !== undefined) throw failure(packageOccupied({ path: folder, what }));
  const hidden = existsSync(out) ? readdirSync(out).find((file) => isModuleFile(file, name)) : undefined;
  if (hidden !== undefined) {
    const reason = `is a module of the same name; Python would import ${name}/ instead of it`;
    throw failure(packageOccupied({ path: join(out, hidden), what: reason }));
  }
}

/** What a folder is that we have not made: ours have the native module as `__init__`. */
function occupant(folder: string): string | undefined {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (!stat.isDirectory()) return 'is a file';
  const files = readdirSync(folder);
  if (files.includes('Cargo.toml')) return 'is the folder of a crate; the package would be put among its files';
  if (files.includes('__init__.py')) return 'is a Python package';
  return files.length === 0 || files.some(isNativeInit) ? undefined : 'holds files that Ferrule has not made';
}

function isNativeInit(file: string): boolean {
  return /^__init__\..*\.(so|pyd)$/.test(file);
}

function isModuleFile(file: string, name: string): boolean {
  return file === `${name}.py` || (file.startsWith(`${name}.`) && /\.(so|pyd)$/.test(file));
}

/** Returns the package's folder. */
export async function placePackage({ out, name, library, extensionSuffix, stubs }: Placed): Promise<string> {
  const folder = join(out, name);
  await makeDirectory(folder);
  await copyIfChanged(library, join(folder, `__init__${extensionSuffix}`));
  await writeFiles(folder, new Map([...stubs, ['py.typed', '']]));
  await removeOldStubs(folder, stubs);
  return folder;
}

/** Folders below the package that hold nothing but the stub of a module that the crate no longer has. */
async function removeOldStubs(folder: string, stubs: FileSet): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const { name, parentPath } of entries) {
    const path = relative(folder, join(parentPath, name)).replaceAll('\\', '/');
    const isOld = name === '__init__.pyi' && parentPath !== folder && !stubs.has(path);
    if (isOld && readdirSync(parentPath).length === 1) await rm(parentPath, { recursive: true });
  }
}
