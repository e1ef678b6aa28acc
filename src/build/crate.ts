/** The interface of a crate, by rustdoc. */

import { existsSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { buildInterface } from '../interface/build.ts';
import type { Interface } from '../interface/types.ts';
import type { Crate } from '../project/crate.ts';
import { runRustdoc } from '../rustdoc/run.ts';
import { type Features, featureFlags, requireFeatures } from './features.ts';

/** @throws Failure when the crate cannot be read. */
export async function readInterface(crate: Crate, features: Features): Promise<Interface> {
  requireFeatures(features, crate);
  const flags = featureFlags(features);
  const json = await runRustdoc(crate, { features: flags, targetDirectory: join(crate.work, documentFolder(flags)) });
  return buildInterface(json, (file) => locate(crate, file));
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
