/** Runs rustdoc for its JSON. `RUSTC_BOOTSTRAP` names this one crate in this one call: nothing else sees it. */

import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withoutCompiler } from '../cargo/build.ts';
import { compilerDiagnostic, compilerErrors, parseMessages } from '../cargo/messages.ts';
import { rustdocFailed, rustdocFormat } from '../diagnostics/catalogue.ts';
import { Failure, failure } from '../diagnostics/failure.ts';
import type { Crate } from '../project/crate.ts';
import { readText } from '../system/files.ts';
import { run } from '../system/process.ts';
import { ACCEPTED_FORMATS, type RustdocCrate } from './format.ts';

export interface RustdocOptions {
  /** Flags that choose the crate's features. */
  readonly features: readonly string[];
  /** Cargo's target directory for this; not the one of the build, so that both can run at the same time. */
  readonly targetDirectory: string;
  readonly signal?: AbortSignal;
}

/** @throws Failure when the crate does not compile or the toolchain writes another format. */
export async function runRustdoc(crate: Crate, options: RustdocOptions): Promise<RustdocCrate> {
  const args = [
    'rustdoc',
    '--lib',
    '--message-format=json',
    ...['--manifest-path', crate.manifest],
    ...packageFlags(crate),
    ...['--target-dir', options.targetDirectory],
    ...options.features,
    '--',
    ...['-Zunstable-options', '--output-format', 'json', '--cap-lints', 'allow'],
  ];
  const result = await run('cargo', args, {
    cwd: crate.cwd,
    env: { RUSTC_BOOTSTRAP: crate.library, RUSTDOCFLAGS: undefined },
    ...(options.signal && { signal: options.signal }),
  });
  if (result.status !== 0) {
    const source = {
      locate: (file: string) => resolve(crate.workspace, file),
      singleFile: crate.source === crate.manifest ? undefined : crate.source,
    };
    const errors = compilerErrors(parseMessages(result.stdout)).map(({ error }) => compilerDiagnostic(error, source));
    throw new Failure(errors.length > 0 ? errors : [withoutCompiler(result.stderr, rustdocFailed())]);
  }
  const json = JSON.parse(await readText(findOutput(options.targetDirectory, crate.library))) as RustdocCrate;
  if (!ACCEPTED_FORMATS.includes(json.format_version)) {
    throw failure(rustdocFormat({ found: json.format_version, accepted: ACCEPTED_FORMATS.join(', ') }));
  }
  return json;
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
