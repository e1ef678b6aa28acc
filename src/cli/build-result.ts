// What `ferrule build` and `ferrule develop` print: where the module is, what is not in it, how to import it.

import { itemsLeftOut } from '../diagnostics/catalogue.ts';
import { type Diagnostic, warning } from '../diagnostics/diagnostic.ts';
import { diagnosticToJson, readSource, renderDiagnostics } from '../diagnostics/render.ts';
import type { BuildResult, CheckedItem } from '../index.ts';
import { relativeToHere } from '../system/files.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { printJson } from './context.ts';
import type { Format } from './options.ts';

/** What a build was asked for, as its result shows it. */
export interface Asked {
  readonly path: string;
  /** The interpreter that a person would type. */
  readonly python: string;
  /** The module lies where that interpreter looks by itself. */
  readonly installed: boolean;
  /** The crate was chosen by us, among the registry's versions. */
  readonly wrapped: boolean;
  readonly format: Format;
}

/** The result on stdout, and on stderr what the user should know beside it. */
export function printBuildResult(terminal: Terminal, result: BuildResult, asked: Asked): void {
  const { out, err } = terminal;
  const cwd = process.cwd();
  const diagnostics = [...result.diagnostics, ...leftOut(result, asked.path)];
  err.write(renderDiagnostics(diagnostics, { style: err.style, cwd, source: readSource }));
  if (asked.format === 'json') {
    printJson(terminal, { ...result, diagnostics: diagnostics.map((diagnostic) => diagnosticToJson(diagnostic, cwd)) });
    return;
  }
  const { style } = out;
  const from = asked.wrapped ? `, from ${result.crate} ${result.version}` : '';
  out.write(`${style.success('built')} ${style.strong(result.name)} for CPython ${result.python}${from}\n`);
  out.write(`  ${relativeToHere(result.module)}\n\n  ${importCommand(result, asked)}\n`);
}

/** A line for a shell that imports the module from where it lies. */
function importCommand({ name, package: folder }: BuildResult, { python, installed }: Asked): string {
  const found = installed || folder === process.cwd();
  return `${found ? '' : `PYTHONPATH=${quoted(relativeToHere(folder))} `}${quoted(python)} -c 'import ${name}'`;
}

function leftOut({ items }: BuildResult, path: string): readonly Diagnostic[] {
  const refused = items.filter((item) => item.status === 'refused');
  if (refused.length === 0) return [];
  const command = `ferrule check ${quoted(path)}`;
  const message = itemsLeftOut({ count: refused.length, total: items.length, command });
  return [warning(message, { notes: [byReason(refused).join('\n')] })];
}

/** Each code with how many items it is about, the most frequent first, and one of them. */
function byReason(refused: readonly CheckedItem[]): readonly string[] {
  const codes = [...new Set(refused.map(({ code = '' }) => code))];
  const groups = codes.map((code) => [code, refused.filter((item) => item.code === code)] as const);
  return groups
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([code, items]) => `${items.length} × ${code}, such as ${items[0]?.path ?? ''}`);
}

function quoted(word: string): string {
  return /^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
