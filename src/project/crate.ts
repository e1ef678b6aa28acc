/** Finding the crate that a path means, and what cargo knows of it. */

import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type CargoPackage, cargoMetadata } from '../cargo/metadata.ts';
import {
  crateNameTaken,
  crateNotFound,
  fileInCrate,
  fileNotRust,
  libraryNotLinkable,
  noLibrary,
  pathNotFound,
  procMacroCrate,
  virtualWorkspace,
} from '../diagnostics/catalogue.ts';
import { failure } from '../diagnostics/failure.ts';
import { writeIfChanged } from '../system/files.ts';
import { parseSpec } from './spec.ts';

export interface Crate extends CratePlace {
  /** The package's name in Cargo.toml. */
  readonly package: string;
  readonly version: string;
  /** The library's name in Rust code. */
  readonly library: string;
  readonly edition: string;
  /** Names of all features that the package declares. */
  readonly features: readonly string[];
  /** `[package.metadata]`, of all tools. */
  readonly metadata: unknown;
}

export interface CratePlace {
  /** The manifest that cargo's commands are given: the crate's own, or that of a project which depends on it. */
  readonly manifest: string;
  /** The folder of the crate's own manifest and sources. */
  readonly root: string;
  /** Where cargo runs: configuration files and `rust-toolchain.toml` apply from there on upwards. */
  readonly cwd: string;
  /** Cargo's own folder of the workspace, with Cargo.lock. */
  readonly workspace: string;
  /** Everything that Ferrule makes of this crate lies here. */
  readonly work: string;
  /** What the user gave: a single file, or the manifest. */
  readonly source: string;
  readonly dependency: Dependency;
}

/** How other packages depend on the crate. */
export type Dependency = { readonly kind: 'path' } | { readonly kind: 'registry'; readonly version: string };

/**
 * The crate at `path`: a folder in or below a package, a Cargo.toml, or a single `.rs` file.
 *
 * @throws Failure when there is none that a module could be made of
 */
export async function findCrate(path: string): Promise<Crate> {
  const place = resolve(path);
  const stat = statSync(place, { throwIfNoEntry: false });
  if (!stat) throw failure(pathNotFound({ path }), parseSpec(path) && { help: wrapHelp(path) });
  if (stat.isDirectory()) return crateOfManifest(findManifest(place, path), undefined);
  if (basename(place) === 'Cargo.toml') return crateOfManifest(place, undefined);
  if (!place.endsWith('.rs')) throw failure(fileNotRust({ path }));
  return (await crateAround(place, path)) ?? crateOfFile(place);
}

function wrapHelp(name: string): string {
  return `check the spelling, or make a module of the registry's crate of that name: \`ferrule wrap ${name}\``;
}

function findManifest(folder: string, path: string): string {
  const manifest = lookUp(folder);
  if (manifest === undefined) throw failure(crateNotFound({ path }));
  return manifest;
}

/** The nearest Cargo.toml in the folder or above it. */
function lookUp(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const manifest = join(current, 'Cargo.toml');
    if (existsSync(manifest)) return manifest;
    if (current === dirname(current)) return undefined;
  }
}

/** The package whose `src/` holds the file: its root stands for it, another file cannot stand alone. */
async function crateAround(file: string, path: string): Promise<Crate | undefined> {
  const manifest = lookUp(dirname(file));
  if (manifest === undefined || !file.startsWith(join(dirname(manifest), 'src', '/'))) return undefined;
  const { packages } = await cargoMetadata(manifest);
  const found = packages.find((candidate) => resolve(candidate.manifest_path) === manifest);
  if (found === undefined) return undefined;
  if (found.targets.some(({ kind, src_path }) => kind.some((type) => LIBRARY_KINDS.has(type)) && src_path === file)) {
    return crateOfManifest(manifest, undefined);
  }
  throw failure(fileInCrate({ path, crate: found.name }));
}

/** A file without a package gets one under `target/`, which names it as its library. */
async function crateOfFile(file: string): Promise<Crate> {
  const name = basename(file, '.rs')
    .replaceAll(/[^A-Za-z0-9_]/g, '_')
    .replace(/^(?=\d)/, '_');
  const work = join(dirname(file), 'target', 'ferrule', 'files', name);
  const manifest = join(work, 'Cargo.toml');
  const library = relative(work, file).replaceAll('\\', '/');
  await writeIfChanged(
    manifest,
    `# The package of a single file, made by Ferrule.
[package]
name = "${name.toLowerCase()}"
version = "0.1.0"
edition = "2024"

[lib]
name = "${name}"
path = "${library}"

[workspace]
`,
  );
  return crateOfManifest(manifest, { file, work });
}

async function crateOfManifest(manifest: string, single: { file: string; work: string } | undefined): Promise<Crate> {
  const metadata = await cargoMetadata(manifest);
  const found = metadata.packages.find((candidate) => resolve(candidate.manifest_path) === manifest);
  if (!found) {
    const members = metadata.packages.map(({ name }) => name).join(', ');
    throw failure(virtualWorkspace({ path: dirname(manifest), members }));
  }
  return crateOfPackage(found, {
    manifest,
    root: dirname(manifest),
    cwd: dirname(manifest),
    workspace: metadata.workspace_root,
    work: single?.work ?? join(metadata.target_directory, 'ferrule', found.name),
    source: single?.file ?? manifest,
    dependency: { kind: 'path' },
  });
}

/** @throws Failure when the package has no library that a module could be made of */
export function crateOfPackage(found: CargoPackage, place: CratePlace): Crate {
  if (found.targets.some(({ kind }) => kind.includes('proc-macro')))
    throw failure(procMacroCrate({ name: found.name }));
  const library = found.targets.find(({ kind }) => kind.some((type) => LIBRARY_KINDS.has(type)));
  if (!library) throw failure(noLibrary({ name: found.name }));
  const wayOut = place.dependency.kind === 'registry' ? { help: 'only the crate itself can change that' } : {};
  if (!library.crate_types.some((type) => type === 'lib' || type === 'rlib')) {
    throw failure(libraryNotLinkable({ name: found.name, types: library.crate_types.join(', ') }), wayOut);
  }
  if (TAKEN_NAMES.has(library.name)) throw failure(crateNameTaken({ name: library.name }), wayOut);
  return {
    ...place,
    package: found.name,
    version: found.version,
    library: library.name,
    edition: library.edition,
    features: Object.keys(found.features).sort(),
    metadata: found.metadata,
  };
}

const LIBRARY_KINDS: ReadonlySet<string> = new Set(['lib', 'rlib', 'dylib', 'cdylib', 'staticlib']);

/** Names that mean something else in generated code: crates that it links, and Rust's prelude. */
const TAKEN_NAMES: ReadonlySet<string> = new Set(
  (
    'std core alloc proc_macro ferrule_core ferrule_cpython ferrule_native ' +
    'Option Some None Result Ok Err Vec String Box Fn FnMut FnOnce Default Clone Copy Drop Send Sync'
  ).split(' '),
);
