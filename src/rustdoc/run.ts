/** Runs rustdoc for its JSON. `RUSTC_BOOTSTRAP` names this one crate in this one call: nothing else sees it. */

import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withoutCompiler } from '../cargo/build.ts';
import { type CargoMessage, compilerDiagnostic, compilerErrors, parseMessages } from '../cargo/messages.ts';
import { rustdocFailed, rustdocFormat } from '../diagnostics/catalogue.ts';
import { Failure, failure } from '../diagnostics/failure.ts';
import type { Crate } from '../project/crate.ts';
import { readText } from '../system/files.ts';
import { run } from '../system/process.ts';
import { ACCEPTED_FORMATS, type RustdocCrate } from './format.ts';
import type { Reexported, Rustdoc } from './merge.ts';

export interface RustdocOptions {
  /** Flags that choose the crate's features. */
  readonly features: readonly string[];
  /** Cargo's target directory for this; not the one of the build, so that both can run at the same time. */
  readonly targetDirectory: string;
  readonly signal?: AbortSignal;
}

/** @throws Failure when the crate does not compile or the toolchain writes another format. */
export function runRustdoc(crate: Crate, options: RustdocOptions): Promise<Rustdoc> {
  const flags = [...packageFlags(crate), ...options.features];
  return document(crate, { flags, library: crate.library }, options);
}

/** As {@link runRustdoc}, of a package that the crate depends on. */
export function runRustdocOf(dependency: Reexported, crate: Crate, options: RustdocOptions): Promise<Rustdoc> {
  const flags = ['--package', dependency.package];
  return document(crate, { flags, library: dependency.library }, options);
}

/** What is documented. */
interface Subject {
  /** Flags that choose package and features. */
  readonly flags: readonly string[];
  readonly library: string;
}

async function document(crate: Crate, { flags, library }: Subject, options: RustdocOptions): Promise<Rustdoc> {
  const args = [
    'rustdoc',
    '--lib',
    '--message-format=json',
    ...['--manifest-path', crate.manifest],
    ...flags,
    ...['--target-dir', options.targetDirectory],
    '--',
    ...['-Zunstable-options', '--output-format', 'json', '--cap-lints', 'allow'],
  ];
  const result = await run('cargo', args, {
    cwd: crate.cwd,
    env: { RUSTC_BOOTSTRAP: library, RUSTDOCFLAGS: undefined },
    ...(options.signal && { signal: options.signal }),
  });
  const messages = parseMessages(result.stdout);
  if (result.status !== 0) {
    const source = {
      locate: (file: string) => resolve(crate.workspace, file),
      singleFile: crate.source === crate.manifest ? undefined : crate.source,
    };
    const errors = compilerErrors(messages).map(({ error }) => compilerDiagnostic(error, source));
    throw new Failure(errors.length > 0 ? errors : [withoutCompiler(result.stderr, rustdocFailed())]);
  }
  const json = JSON.parse(await readText(findOutput(options.targetDirectory, library))) as RustdocCrate;
  if (!ACCEPTED_FORMATS.includes(json.format_version)) {
    throw failure(rustdocFormat({ found: json.format_version, accepted: ACCEPTED_FORMATS.join(', ') }));
  }
  return { json, packages: packagesOf(json, messages) };
}

/** Which package the compiler read each crate from: two versions of one crate are two files. */
function packagesOf(json: RustdocCrate, messages: readonly CargoMessage[]): ReadonlyMap<number, string> {
  const byFile = new Map(
    messages.flatMap(({ filenames = [], package_id: id }) =>
      id === undefined ? [] : filenames.map((file) => [file, id] as const),
    ),
  );
  return new Map(
    Object.entries(json.external_crates).flatMap(([crate, { path }]) => {
      const found = byFile.get(path);
      return found === undefined ? [] : [[Number(crate), found] as const];
    }),
  );
}

/** The crate, when the manifest is that of a project which depends on it. */
function packageFlags(crate: Crate): readonly string[] {
  return crate.dependency.kind === 'registry' ? ['--package', `${crate.package}@${crate.version}`] : [];
}

/** `doc/NAME.json`, below a folder of the target triple when cargo is configured with one. */
function findOutput(targetDirectory: string, library: string): string {
  const direct = join(targetDirectory, 'doc', `${library}.json`);
  if (existsSync(direct)) return direct;
  const triples = readdirSync(targetDirectory).map((name) => join(targetDirectory, name, 'doc', `${library}.json`));
  return triples.find((path) => existsSync(path)) ?? direct;
}
