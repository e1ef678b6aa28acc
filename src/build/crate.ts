/** The crate that a path means, and its interface, by rustdoc. */

import { existsSync, readdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { isAbsolute, join, resolve } from 'node:path';
import { buildInterface } from '../interface/build.ts';
import type { Interface } from '../interface/types.ts';
import { wellKnownCrates } from '../interface/well-known.ts';
import { Failure } from '../diagnostics/failure.ts';
import { type Crate, findCrate } from '../project/crate.ts';
import { findRegistryCrate } from '../project/registry.ts';
import { relativeToHere } from '../system/files.ts';
import { merged, type Reexported, reexportedPackages, type Rustdoc } from '../rustdoc/merge.ts';
import { runRustdoc, runRustdocOf } from '../rustdoc/run.ts';
import type { StartProgress } from '../terminal/progress.ts';
import { type Features, featureFlags, requireFeatures } from '../project/features.ts';

/** As {@link findCrate}; when a folder holds no crate but one `.rs` file, that may have been meant. */
export async function locateCrate(path: string): Promise<Crate> {
  try {
    return await findCrate(path);
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.diagnostics[0]?.code !== 'crate-not-found') throw thrown;
    const [file, ...others] = readdirSync(path).filter((name) => name.endsWith('.rs'));
    if (file === undefined || others.length > 0) throw thrown;
    const help = `did you mean \`${relativeToHere(resolve(path, file))}\`?`;
    throw new Failure(thrown.diagnostics.map((diagnostic) => ({ ...diagnostic, help })));
  }
}

/** A path that exists, or can only be a path; else the crate of that name in the registry. */
export async function locateAnywhere(text: string, features: Features, progress: StartProgress): Promise<Crate> {
  return existsSync(text) || !/^[\w-]+(?:@[^/\\]*)?$/.test(text)
    ? locateCrate(text)
    : lookUpCrate(text, features, progress);
}

/** The crate of the registry that `NAME@VERSION` means, with its features and dependencies downloaded. */
export async function lookUpCrate(spec: string, features: Features, progress: StartProgress): Promise<Crate> {
  const working = progress(`looking up ${spec}`);
  try {
    return await findRegistryCrate(spec, features, working);
  } finally {
    working.done();
  }
}

/** @throws Failure when the crate cannot be read. */
export async function readInterface(crate: Crate, features: Features): Promise<Interface> {
  requireFeatures(features, crate);
  const flags = rustdocFlags(crate, features);
  const targetDirectory = join(crate.work, documentFolder(flags));
  const own = await runRustdoc(crate, { features: flags, targetDirectory });
  const { json, packages } = await withReexports(own, (dependency) =>
    runRustdocOf(dependency, crate, { features: flags, targetDirectory }),
  );
  return buildInterface(json, packages, (file) => locate(crate, file));
}

/** Adds the crates whose items are re-exported, and those that they re-export in turn. A crate that cannot be documented keeps its re-exports refused. */
async function withReexports(own: Rustdoc, read: (dependency: Reexported) => Promise<Rustdoc>): Promise<Rustdoc> {
  const tried = new Set<string>();
  for (let whole = own; ;) {
    const next = reexportedPackages(whole, wellKnownCrates).find((found) => !tried.has(found.package));
    if (!next || tried.size === MOST_REEXPORTED) return whole;
    tried.add(next.package);
    const other = await read(next).catch(() => undefined);
    if (other) whole = merged(whole, other, next.package);
  }
}

/** A facade of more crates is no crate to make a module of. */
const MOST_REEXPORTED = 16;

/** A project that depends on a crate says in its manifest with which features. */
function rustdocFlags(crate: Crate, features: Features): readonly string[] {
  return crate.dependency.kind === 'registry' ? [] : featureFlags(features);
}

/** One folder for each choice of features: rustdoc's output has the same name for all, and cargo would take it for current. */
function documentFolder(flags: readonly string[]): string {
  if (flags.length === 0) return 'doc';
  return `doc-${createHash('sha256').update(flags.join(' ')).digest('hex').slice(0, 8)}`;
}

/** Spans are relative to the folder in which cargo ran rustdoc: the workspace's, for members, else the package's. */
function locate(crate: Crate, file: string): string {
  if (isAbsolute(file)) return file;
  const candidates = [join(crate.workspace, file), join(crate.root, file)];
  return candidates.find((path) => existsSync(path)) ?? file;
}
