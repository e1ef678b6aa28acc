// What `ferrule build` and `ferrule develop` print: where the module is, what is not in it, how to import it.

import { itemsLeftOut } from '../diagnostics/catalogue.ts';
import { type Diagnostic, warning } from '../diagnostics/diagnostic.ts';
import { diagnosticToJson, readSource, renderDiagnostics } from '../diagnostics/render.ts';
import type { BuildResult } from '../index.ts';
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
  out.write(`${style.success('built')} ${style.strong(result.name)} for CPython ${result.python}\n`);
  out.write(`  ${relativeToHere(result.module)}\n\n  ${importCommand(result, asked)}\n`);
}

/** A line for a shell that imports the module from where it lies. */
function importCommand({ name, package: folder }: BuildResult, { python, installed }: Asked): string {
  const found = installed || folder === process.cwd();
  return `${found ? '' : `PYTHONPATH=${quoted(relativeToHere(folder))} `}${quoted(python)} -c 'import ${name}'`;
}

function leftOut({ items }: BuildResult, path: string): readonly Diagnostic[] {
  const count = items.filter((item) => item.status === 'refused').length;
  if (count === 0) return [];
  return [warning(itemsLeftOut({ count, total: items.length, command: `ferrule check ${quoted(path)}` }))];
}

function quoted(word: string): string {
  return /^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
