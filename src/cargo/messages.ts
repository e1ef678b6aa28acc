/** cargo's JSON messages: artifacts, and the compiler's errors as diagnostics at the user's own lines. */

import { isAbsolute, relative } from 'node:path';
import { compileError } from '../diagnostics/catalogue.ts';
import { type Diagnostic } from '../diagnostics/diagnostic.ts';

export interface CargoMessage {
  readonly reason: string;
  readonly manifest_path?: string;
  readonly filenames?: readonly string[];
  readonly message?: RustcDiagnostic;
}

export interface RustcDiagnostic {
  readonly level: string;
  readonly message: string;
  readonly code: { readonly code: string } | null;
  readonly rendered: string | null;
  readonly spans: readonly RustcSpan[];
}

interface RustcSpan {
  readonly file_name: string;
  readonly line_start: number;
  readonly line_end: number;
  readonly column_start: number;
  readonly column_end: number;
  readonly is_primary: boolean;
  readonly label: string | null;
}

/** Messages are JSON, one a line; other lines are somebody's output. */
export function parseMessages(stdout: string): readonly CargoMessage[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as CargoMessage);
}

/** The compiler's errors, with the manifest of the package they are in. */
export function compilerErrors(
  messages: readonly CargoMessage[],
): readonly { readonly manifest: string; readonly error: RustcDiagnostic }[] {
  return messages.flatMap(({ message, manifest_path: manifest = '' }) => {
    if (message === undefined || !message.level.startsWith('error')) return [];
    return message.spans.length === 0 && message.message.startsWith('aborting due to')
      ? []
      : [{ manifest, error: message }];
  });
}

/**
 * An error of rustc as a diagnostic. Its own text is kept: it knows more than a code frame can show.
 *
 * @param locate the real path of a file that the compiler names
 */
export function compilerDiagnostic(
  { message, code, spans, rendered }: RustcDiagnostic,
  locate: (file: string) => string,
): Diagnostic {
  const span = spans.find(({ is_primary }) => is_primary);
  return {
    severity: 'error',
    code: code?.code ?? compileError().code,
    message,
    notes: [],
    ...(span && {
      location: {
        file: locate(span.file_name),
        line: span.line_start,
        column: span.column_start,
        endLine: span.line_end,
        endColumn: span.column_end,
      },
      ...(span.label !== null && { label: span.label }),
    }),
    ...(rendered !== null && { rendered: fromHere(rendered, locate) }),
  };
}

/** File names as they are from the current folder: that is where the user clicks on them. */
function fromHere(rendered: string, locate: (file: string) => string): string {
  return rendered.replaceAll(
    /^(\s*(?:-->|:::) )(.+?)(:\d+:\d+)$/gm,
    (_, arrow: string, file: string, place: string) => {
      return `${arrow}${shown(locate(file))}${place}`;
    },
  );
}

function shown(file: string): string {
  const path = relative(process.cwd(), file);
  return isAbsolute(path) || path.startsWith('..') ? file : path;
}
