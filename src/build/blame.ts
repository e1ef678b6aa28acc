/**
 * Which items the compiler's errors in a shim are about: those are left out, and the others are built without them.
 *
 * What is emitted of an item stands below a comment that names it. An error in code without such a comment, or of an item that is out already, is
 * about the class that the code is of.
 */

import type { Diagnostic, Location } from '../diagnostics/diagnostic.ts';
import type { FileSet } from '../emit/files.ts';

/**
 * @param out paths that are left out already
 * @returns paths, each with what the compiler says; empty when nothing more can be left out
 */
export function blamedItems(
  errors: readonly Diagnostic[],
  shim: FileSet,
  out: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const lines = (shim.get('src/lib.rs') ?? '').split('\n');
  const places = errors.flatMap(({ location, notes: [detail = ''] }) =>
    placesOf(lines, location).map((line) => ({ line, detail: detail.replace(/^error(?:\[\w+\])?: /, '') })),
  );
  const blamedBy = (find: (lines: readonly string[], line: number) => string | undefined): Map<string, string> =>
    new Map(
      places.flatMap(({ line, detail }) => {
        const path = find(lines, line);
        return path === undefined || out.has(path) ? [] : [[path, detail] as const];
      }),
    );
  const items = blamedBy(itemOfLine);
  return items.size > 0 ? items : blamedBy(classOfLine);
}

/** Lines of the shim that an error is about: all that use it, when it lies in the conversions of a well-known crate. */
function placesOf(lines: readonly string[], location: Location | undefined): readonly number[] {
  if (location === undefined) return [];
  const converting = /ferrule-well-known\/src\/(\w+)\.rs$/.exec(location.file.replaceAll('\\', '/'))?.[1];
  return converting === undefined ? [location.line] : linesWith(lines, `w::${converting}::`);
}

/** Numbers of the lines that hold a text. */
function linesWith(lines: readonly string[], text: string): readonly number[] {
  return lines.flatMap((line, i) => (line.includes(text) ? [i + 1] : []));
}

/** An assertion names its item; everything else stands below a comment that does. */
function itemOfLine(lines: readonly string[], line: number): string | undefined {
  for (let i = line - 1; i >= 0; i--) {
    const text = lines[i] ?? '';
    const found = ITEM.exec(text)?.[1] ?? (i >= line - 2 ? ASSERTED.exec(text)?.[1] : undefined);
    if (found !== undefined) return found.replaceAll('r#', '');
  }
  return undefined;
}

const ITEM = /^\/\/\/ `([^`]+)` as /;
const ASSERTED = /(?:=|^ {4}) ?::([\w:#]+);$/u;

/** The class whose code begins last above the line. */
function classOfLine(lines: readonly string[], line: number): string | undefined {
  const found = lines.slice(0, line).findLast((text) => CLASS.test(text));
  return found === undefined ? undefined : CLASS.exec(found)?.[1]?.replaceAll('r#', '');
}

const CLASS = /^\/\/\/ `([^`]+)` as `(?:class|enum) /;
