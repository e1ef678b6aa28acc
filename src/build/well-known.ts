/**
 * The package beside a shim that converts types of well-known crates. Its source is that of the runtime; its manifest names the crates that the shim uses, each
 * in the version that the user's crate has, without a feature of its own choice.
 */

import { join, relative } from 'node:path';
import { stringify } from 'smol-toml';
import { exactDependency } from '../cargo/package-id.ts';
import { findText, writeIfChanged } from '../system/files.ts';

/** The package's folder in that of the shim. */
export const WELL_KNOWN_FOLDER = 'well-known';

/** Where the package is, and the copy of the runtime that has its source. */
export interface WellKnownPlace {
  readonly shim: string;
  readonly runtime: string;
}

/** A first build has no crates yet; a later one begins with those of the last time. */
export async function ensureWellKnown(place: WellKnownPlace): Promise<void> {
  if ((await findText(manifestOf(place))) === undefined) await writeWellKnown(place, new Map(), new Map());
}

/**
 * Writes the manifest; true when it is new.
 *
 * @param modules those that convert, and the library that each is about
 * @param packages cargo's ids of their packages
 */
export function writeWellKnown(
  place: WellKnownPlace,
  modules: ReadonlyMap<string, string>,
  packages: ReadonlyMap<string, string>,
): Promise<boolean> {
  const folder = join(place.shim, WELL_KNOWN_FOLDER);
  const path = (to: string): string => relative(folder, to).replaceAll('\\', '/');
  // A natural instantiation may name a crate of which no type occurs: what it is for does not compile then, and is left out.
  const linked = [...modules].filter(([, library]) => packages.has(library));
  const crates = [...new Set(linked.map(([, library]) => library))];
  const dependencies = crates.map((name) => [
    name,
    { ...dependencyOf(packages.get(name) ?? '', path), optional: true },
  ]);
  const manifest = stringify({
    package: { name: 'ferrule-well-known', version: '0.0.0', edition: '2021', publish: false },
    lib: { path: path(join(place.runtime, 'ferrule-well-known', 'src', 'lib.rs')) },
    features: { default: linked.map(([module]) => module), ...Object.fromEntries(linked.flatMap(extraFeature)) },
    dependencies: {
      'ferrule-cpython': { path: path(join(place.runtime, 'ferrule-cpython')) },
      ...(Object.fromEntries(dependencies) as Record<string, Record<string, string | boolean>>),
    },
    lints: { rust: { unexpected_cfgs: { level: 'allow' } } },
  });
  return writeIfChanged(manifestOf(place), `# Emitted by Ferrule. Changes are overwritten.\n${manifest}\n`);
}

/** A module that is called like its library is a feature by its dependency. */
function extraFeature([module, library]: readonly [string, string]): [string, string[]][] {
  return module === library ? [] : [[module, [library]]];
}

function manifestOf({ shim }: WellKnownPlace): string {
  return join(shim, WELL_KNOWN_FOLDER, 'Cargo.toml');
}

/** A dependency on exactly that package. */
function dependencyOf(id: string, path: (to: string) => string): Record<string, string | boolean> {
  const exact = exactDependency(id);
  if (!exact) throw new Error(`cargo has an unknown kind of package id: ${id}`);
  const common = { package: exact.package, 'default-features': false };
  if ('path' in exact) return { ...common, path: path(exact.path) };
  if ('git' in exact) return { ...common, git: exact.git, ...exact.at };
  const { version, registry } = exact;
  return { ...common, version, ...(registry !== undefined && { 'registry-index': registry }) };
}
