// What a bench file is about lies in its folder: the crate, or single files. It is built first, so that no module of an
// earlier build is timed.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from '../build/module.ts';
import { packageName } from '../hosts/cpython/index.ts';
import type { StartProgress } from '../terminal/progress.ts';

/** Returns the folders to search for what was built. */
export async function buildBeside(file: string, python: string, progress: StartProgress): Promise<readonly string[]> {
  const folders = new Set<string>();
  for (const path of sourcesBeside(dirname(file))) {
    const { package: folder } = await build({ path, python, progress });
    folders.add(folder);
  }
  return [...folders];
}

/** The crate, else the `.rs` files that Python files beside them import: others may be their modules. */
function sourcesBeside(folder: string): readonly string[] {
  if (existsSync(join(folder, 'Cargo.toml'))) return [folder];
  const names = readdirSync(folder).sort();
  const pythons = names.filter((name) => name.endsWith('.py')).map((name) => readFileSync(join(folder, name), 'utf8'));
  return names
    .filter((name) => name.endsWith('.rs') && pythons.some((text) => imports(text, moduleOf(name))))
    .map((name) => join(folder, name));
}

/** The module that `ferrule build` makes of a file. */
function moduleOf(file: string): string {
  return packageName(basename(file, '.rs').replaceAll(/\W/g, '_'));
}

function imports(python: string, module: string): boolean {
  return new RegExp(String.raw`^[ \t]*(?:from[ \t]+${module}\b|import[ \t].*\b${module}\b)`, 'm').test(python);
}
