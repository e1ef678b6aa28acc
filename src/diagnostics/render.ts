// Diagnostics as a person reads them in a terminal, and as a program reads them.

import { readFileSync } from 'node:fs';
import { relativeToHere } from '../system/files.ts';
import type { Style } from '../terminal/colour.ts';
import type { Diagnostic, Location, Severity } from './diagnostic.ts';
import { frame } from './frame.ts';

export interface RenderOptions {
  readonly style: Style;
  /** Files below it are shown relative to it. */
  readonly cwd: string;
  /** The text of a file; undefined when it cannot be read, and then only the place is shown. */
  readonly source: (file: string) => string | undefined;
}

/** A diagnostic with its code frame, notes and help, ending in a newline. */
export function renderDiagnostic(diagnostic: Diagnostic, { style, cwd, source }: RenderOptions): string {
  const { severity, code, message, location, label, notes, help, rendered } = diagnostic;
  if (rendered !== undefined) return `${rendered.trimEnd()}\n`;
  const mark = style[severity];
  const lines = [`${mark(`${severity}[${code}]`)}${style.strong(`: ${message}`)}`];
  let gutter = 2;
  if (location !== undefined) {
    const shown: Location = { ...location, file: relativeToHere(location.file, cwd) };
    const framed = frame(shown, source(location.file), label, mark, style);
    lines.push(...framed.lines);
    gutter = framed.gutter + 1;
  }
  for (const note of notes) lines.push(attached('note', note, gutter, style));
  if (help !== undefined) lines.push(attached('help', help, gutter, style));
  return `${lines.join('\n')}\n`;
}

/** Several diagnostics with an empty line between them. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, options)).join('\n');
}

/** A summary such as `2 errors, 1 warning`; empty when there is nothing to count. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const plural = (amount: number, word: string) => `${amount} ${word}${amount === 1 ? '' : 's'}`;
  return (['error', 'warning'] as const)
    .filter((severity) => count(severity) > 0)
    .map((severity) => plural(count(severity), severity))
    .join(', ');
}

/** A diagnostic as `--format json` prints it: every field stands in the same place, absent ones are left out. */
export function diagnosticToJson(diagnostic: Diagnostic, cwd: string): Diagnostic {
  const { severity, code, message, location, label, notes, help, rendered } = diagnostic;
  return {
    severity,
    code,
    message,
    ...(location !== undefined && { location: { ...location, file: relativeToHere(location.file, cwd) } }),
    ...(label !== undefined && { label }),
    notes,
    ...(help !== undefined && { help }),
    ...(rendered !== undefined && { rendered }),
  };
}

/** Reads the user's file for a code frame. */
export function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function attached(kind: 'note' | 'help', text: string, gutter: number, style: Style): string {
  const [first = '', ...rest] = text.split('\n');
  const indent = ' '.repeat(gutter);
  const head = kind === 'help' ? style.help(kind) : style.strong(kind);
  const below = rest.map((line) => `${indent}${' '.repeat(`= ${kind}: `.length)}${line}`.trimEnd());
  return [`${indent}${style.gutter('=')} ${head}: ${first}`, ...below].join('\n');
}
