/** cargo's JSON messages: artifacts, and the compiler's errors as diagnostics at the user's own lines. */

import { basename } from 'node:path';
import { compileError } from '../diagnostics/catalogue.ts';
import { type Diagnostic } from '../diagnostics/diagnostic.ts';
import { relativeToHere } from '../system/files.ts';

export interface CargoMessage {
  readonly reason: string;
  readonly manifest_path?: string;
  readonly package_id?: string;
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
    return message.spans.length === 0 && COUNTS.test(message.message) ? [] : [{ manifest, error: message }];
  });
}

/** What rustc and rustdoc say at the end of errors that were shown. */
const COUNTS = /^aborting due to |, aborting rustdoc$/;

/** Where the compiler's words are from. */
export interface CompilerSource {
  /** The real path of a file that the compiler names. */
  readonly locate: (file: string) => string;
  /** The file, when the crate is nothing else. */
  readonly singleFile: string | undefined;
}

/** An error of rustc as a diagnostic. Its own text is kept: it knows more than a code frame can show. */
export function compilerDiagnostic(diagnostic: RustcDiagnostic, { locate, singleFile }: CompilerSource): Diagnostic {
  const { message, code, spans, rendered } = diagnostic;
  const span = spans.find(({ is_primary }) => is_primary);
  const help = singleFile !== undefined && lacksCrate(diagnostic) ? makeCrate(singleFile) : undefined;
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
    ...(help !== undefined && { help }),
    ...(rendered !== null && { rendered: withHelp(fromHere(rendered, locate), help) }),
  };
}

/** File names as they are from the current folder: that is where the user clicks on them, or makes a file that is missing. */
function fromHere(rendered: string, locate: (file: string) => string): string {
  const shown = (_: string, before: string, file: string, after: string) =>
    `${before}${relativeToHere(locate(file))}${after}`;
  return rendered
    .replaceAll(/^(\s*(?:-->|:::) )(.+?)(:\d+:\d+)$/gm, shown)
    .replaceAll(/^ *= (?:help|note): .*\.rs".*$/gm, (line) => line.replaceAll(/(")([^"]+\.rs)(")/g, shown));
}

/** A name that may be a crate's is unknown: rustc would have it added to the Cargo.toml. */
function lacksCrate({ code, rendered }: RustcDiagnostic): boolean {
  if (code?.code === 'E0463') return true;
  return (code?.code === 'E0432' || code?.code === 'E0433') && ADD_CRATE.test(rendered ?? '');
}

const ADD_CRATE = /^( *)= help: .*\bcrate named `.*$/m;

function makeCrate(file: string): string {
  const name = basename(file, '.rs');
  return `a single file has no dependencies; make it a crate: \`cargo new --lib ${name}\`, with this text in ${name}/src/lib.rs`;
}

/** Puts the help in the place of rustc's, or below the frame. */
function withHelp(rendered: string, help: string | undefined): string {
  if (help === undefined) return rendered;
  if (ADD_CRATE.test(rendered)) return rendered.replace(ADD_CRATE, `$1= help: ${help}`);
  const gutter = `${/^ *(?=-->)/m.exec(rendered)?.[0] ?? ''} `;
  return `${rendered.trimEnd()}\n${gutter}|\n${gutter}= help: ${help}\n`;
}
