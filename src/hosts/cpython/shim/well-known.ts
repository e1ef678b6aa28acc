/** What a shim needs of other crates: read off its source, so that it is exactly what the source names. */

import { filled, fits } from '../../../emit/layout.ts';
import type { FileSet } from '../../../emit/files.ts';

/** Names of the modules that convert what the source names, each with the library whose types it converts. */
export function usedCrates(files: FileSet): ReadonlyMap<string, string> {
  const modules = conversionModules(files.get('src/lib.rs') ?? '');
  return new Map(modules.map((module) => [module, libraryOf(module)]));
}

/** `time_utc` is about `time`, too. */
function libraryOf(module: string): string {
  return module.replace(/^time_utc$/, 'time');
}

/** The imports of a source that converts types of well-known crates; none where it converts none. */
export function wellKnownImports(source: string): readonly string[] {
  const modules = conversionModules(source);
  if (modules.length === 0) return [];
  const code = source.replaceAll(/^\s*\/\/.*$/gm, '');
  const named = [...new Set(modules.map(libraryOf))].filter((name) => new RegExp(`(?<!::)\\b${name}::`).test(code));
  return ['use ferrule_well_known as w;', ...(named.length === 0 ? [] : [importOf(named)])];
}

/** As many names a line as it takes. */
function importOf(names: readonly string[]): string {
  if (names.length === 1) return `use ferrule_well_known::crates::${names.join()};`;
  const line = `use ferrule_well_known::crates::{${names.join(', ')}};`;
  return fits(line, 0) ? line : ['use ferrule_well_known::crates::{', ...filled(names, 0), '};'].join('\n');
}

function conversionModules(source: string): readonly string[] {
  const found = [...source.matchAll(/\bw::(\w+)::/g)].map(([, name = '']) => name);
  return [...new Set(found)].sort();
}
