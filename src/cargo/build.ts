/** `cargo build` of a shim: JSON messages -> the artifact, and the compiler's errors at the user's own lines. */

import { dirname } from 'node:path';
import {
  cargoFailed,
  dependenciesUnresolved,
  initFunctionTaken,
  panicAbort,
  shimError,
} from '../diagnostics/catalogue.ts';
import { type Diagnostic, error, type Message } from '../diagnostics/diagnostic.ts';
import { Failure } from '../diagnostics/failure.ts';
import { run } from '../system/process.ts';
import { actualPath, type PathPrefixes, rustflagsArguments, rustflagsEnvironment } from './paths.ts';
import {
  compilerDiagnostic,
  compilerErrors,
  type CargoMessage,
  parseMessages,
  type RustcDiagnostic,
} from './messages.ts';

export interface CargoBuild {
  /** Manifest of the shim crate. */
  readonly manifest: string;
  readonly targetDirectory: string;
  /** Keep what the compiler knows of unchanged code: an edit is built in a fraction of the time, the code is up to a quarter slower. */
  readonly incremental: boolean;
  /** The user's folder: its `.cargo/config.toml` and `rust-toolchain.toml` apply. */
  readonly cwd: string;
  /** How source files are called in the module's panics. */
  readonly paths: PathPrefixes;
  /** The file, when the crate is nothing else. */
  readonly singleFile: string | undefined;
  /** What cargo is doing, such as `Compiling serde v1.0.0`. */
  readonly onStep: (step: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Settings that hold whatever a profile or an environment variable says: panics unwind (they become exceptions) and arithmetic is checked.
 * `--config` wins over manifests, configuration files and the environment.
 */
const PROFILE = [
  'profile.release.panic="unwind"',
  'profile.release.overflow-checks=true',
  'profile.release.opt-level=3',
  'profile.release.debug=false',
  'profile.release.strip="symbols"',
  'profile.release.debug-assertions=false',
];

/**
 * Builds the shim and returns the path of its dynamic library.
 *
 * @throws Failure with one diagnostic for each compiler error
 */
export async function cargoBuild(options: CargoBuild): Promise<string> {
  const args = [
    'build',
    '--release',
    '--lib',
    '--message-format=json',
    ...['--manifest-path', options.manifest],
    ...['--target-dir', options.targetDirectory],
    ...[...PROFILE, `profile.release.incremental=${options.incremental}`].flatMap((setting) => ['--config', setting]),
    ...rustflagsArguments(options.paths),
  ];
  const result = await run('cargo', args, {
    cwd: options.cwd,
    env: rustflagsEnvironment(options.paths),
    onStderrLine: (line) => {
      const step = /^\s*((?:Compiling|Downloading|Updating|Blocking|Fetching) .*)$/.exec(line)?.[1];
      if (step !== undefined) options.onStep(step.replace(/ \(.*\)$/, ''));
    },
    ...(options.signal && { signal: options.signal }),
  });
  const messages = parseMessages(result.stdout);
  const artifact = messages.find((message) => isShim(message, options) && message.reason === 'compiler-artifact');
  const library = artifact?.filenames?.find((file) => /\.(so|dylib|dll)$/.test(file));
  if (result.status === 0 && library !== undefined) return library;
  throw new Failure(problems(messages, options, result.stderr));
}

function isShim(message: CargoMessage, { manifest }: CargoBuild): boolean {
  return message.manifest_path === manifest;
}

function problems(messages: readonly CargoMessage[], options: CargoBuild, stderr: string): readonly Diagnostic[] {
  const found = compilerErrors(messages).map(({ manifest, error: thrown }) =>
    manifest.startsWith(dirname(options.manifest))
      ? inShim(thrown)
      : compilerDiagnostic(thrown, { ...options, locate: (file) => actualPath(options.paths, file) }),
  );
  return found.length > 0 ? found : [withoutCompiler(stderr, cargoFailed())];
}

function inShim(diagnostic: RustcDiagnostic): Diagnostic {
  const text = diagnostic.rendered ?? diagnostic.message;
  if (text.includes('has to be built with panic')) return error(panicAbort());
  if (/(multiple|duplicate).*PyInit_|PyInit_.*multiply defined/s.test(text)) return error(initFunctionTaken());
  const place = diagnostic.spans.find(({ is_primary }) => is_primary);
  return error(shimError(), {
    notes: text.trimEnd().split('\n'),
    ...(place && { location: { file: place.file_name, line: place.line_start, column: place.column_start } }),
  });
}

/** Why cargo failed when no compiler found an error. */
export function withoutCompiler(stderr: string, otherwise: Message): Diagnostic {
  return error(UNRESOLVED.test(stderr) ? dependenciesUnresolved() : otherwise, { notes: [cargoWords(stderr)] });
}

const UNRESOLVED =
  /^error: (?:failed to (?:select a version|get `|resolve)|no matching package|cyclic package dependency)/m;

/** What cargo says, without its progress. */
function cargoWords(stderr: string): string {
  const progress =
    /^\s*(?:Compiling|Checking|Documenting|Finished|Locking|Adding|Updating|Blocking|warning: build failed)\b/;
  const lines = stderr.trim().split('\n');
  return lines.filter((line) => !progress.test(line)).join('\n');
}
