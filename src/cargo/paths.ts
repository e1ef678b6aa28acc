/**
 * Source paths in a module: panics name files as `demo/src/lib.rs`, not by the folders of the machine that built it. So two machines build the same bytes, and
 * nobody's home directory is published.
 *
 * rustc's `--remap-path-prefix` also changes its messages, where the real path is wanted back.
 */

import { isAbsolute, join, normalize, resolve } from 'node:path';

/** Real folder -> what stands for it. */
export type PathPrefixes = ReadonlyMap<string, string>;

/** As configuration of cargo: it is added to the flags of the user's own configuration files. */
export function rustflagsArguments(prefixes: PathPrefixes): readonly string[] {
  return usesEnvironment() ? [] : ['--config', `build.rustflags=${JSON.stringify(remapFlags(prefixes))}`];
}

/** Flags in the environment silence all configured ones, so ours go there too when the user has some. */
export function rustflagsEnvironment(prefixes: PathPrefixes): Readonly<Record<string, string>> {
  const { CARGO_ENCODED_RUSTFLAGS: encoded, RUSTFLAGS: plain } = process.env;
  if (!usesEnvironment()) return {};
  const given = encoded ? encoded.split(SEPARATOR) : (plain ?? '').split(/\s+/).filter((flag) => flag !== '');
  return { CARGO_ENCODED_RUSTFLAGS: [...given, ...remapFlags(prefixes)].join(SEPARATOR) };
}

const SEPARATOR = '\x1f';

function usesEnvironment(): boolean {
  return Boolean(process.env['CARGO_ENCODED_RUSTFLAGS'] ?? process.env['RUSTFLAGS']);
}

/** rustc takes the last prefix that fits, so the longest come last. */
function remapFlags(prefixes: PathPrefixes): readonly string[] {
  const sorted = [...prefixes].sort(([a], [b]) => a.length - b.length);
  return sorted.map(([real, shown]) => `--remap-path-prefix=${real}=${shown}`);
}

/** The real file behind a path of a message. */
export function actualPath(prefixes: PathPrefixes, file: string): string {
  if (isAbsolute(file)) return normalize(file);
  const found = [...prefixes].find(([, shown]) => shown === '' || file.startsWith(`${shown}/`));
  return found === undefined ? resolve(file) : join(found[0], file.slice(found[1].length));
}
