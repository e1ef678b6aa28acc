/** The crate that a path means, and its interface, by rustdoc. */

import { existsSync, readdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { isAbsolute, join, resolve } from 'node:path';
import { buildInterface } from '../interface/build.ts';
import type { Interface } from '../interface/types.ts';
import { Failure } from '../diagnostics/failure.ts';
import { type Crate, findCrate } from '../project/crate.ts';
import { relativeToHere } from '../system/files.ts';
import { runRustdoc } from '../rustdoc/run.ts';
import { type Features, featureFlags, requireFeatures } from './features.ts';

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

/** @throws Failure when the crate cannot be read. */
export async function readInterface(crate: Crate, features: Features): Promise<Interface> {
  requireFeatures(features, crate);
  const flags = featureFlags(features);
  const { json, packages } = await runRustdoc(crate, {
    features: flags,
    targetDirectory: join(crate.work, documentFolder(flags)),
  });
  return buildInterface(json, packages, (file) => locate(crate, file));
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
