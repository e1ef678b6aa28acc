/** The shim crate of one interpreter on disk, beside the runtime that it links, all with relative paths. */

import { cp, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify, type TomlTable } from 'smol-toml';
import { type FileSet, writeFiles } from '../emit/files.ts';
import { text } from '../emit/text.ts';
import type { Crate } from '../project/crate.ts';
import type { Interpreter } from '../python/interpreter.ts';
import { findText, readText, writeAtomically, writeIfChanged } from '../system/files.ts';
import { dependencyFeatures, type Features } from '../project/features.ts';
import { ensureWellKnown, WELL_KNOWN_FOLDER, writeWellKnown } from './well-known.ts';

/** The runtime's sources, as they come with Ferrule. */
const RUNTIME = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'runtime');
const RUNTIME_CRATES = ['ferrule-core', 'ferrule-cpython'] as const;

/** Where one interpreter's shim lives. */
export interface ShimPlace {
  readonly directory: string;
  readonly manifest: string;
}

/** Interpreters that need different code have different places, so that none undoes another's build. */
export function shimPlace(crate: Crate, { version, debug }: Interpreter): ShimPlace {
  const directory = join(crate.work, `cpython-${version.join('.')}${debug ? 'd' : ''}`);
  return { directory, manifest: join(directory, 'Cargo.toml') };
}

/** Writes everything but what the host emits. */
export async function writeShimPackage(
  crate: Crate,
  interpreter: Interpreter,
  features: Features,
  place: ShimPlace,
): Promise<void> {
  const runtime = join(crate.work, 'runtime');
  await copyRuntime(runtime);
  await ensureWellKnown({ shim: place.directory, runtime });
  await writeIfChanged(place.manifest, await manifest(crate, interpreter, features, place, runtime));
  await copyLock(crate, place);
}

/** Writes what the host emitted; true when it is new. */
export function writeShimSource(place: ShimPlace, files: FileSet): Promise<boolean> {
  return writeFiles(place.directory, files);
}

/** Writes which crates' types the source converts; true when that is new. */
export function writeShimCrates(
  crate: Crate,
  { directory }: ShimPlace,
  modules: ReadonlyMap<string, string>,
  packages: ReadonlyMap<string, string>,
): Promise<boolean> {
  return writeWellKnown({ shim: directory, runtime: join(crate.work, 'runtime') }, modules, packages);
}

/** Whether a source is there from the last time. */
export function hasShimSource(place: ShimPlace): boolean {
  return existsSync(join(place.directory, 'src', 'lib.rs'));
}

async function copyRuntime(target: string): Promise<void> {
  const stamp = await runtimeStamp();
  const marker = join(target, '.stamp');
  if ((await findText(marker)) === stamp) return;
  const workspace = parse(await readText(join(RUNTIME, 'Cargo.toml')))['workspace'] as TomlTable;
  for (const name of RUNTIME_CRATES) {
    await cp(join(RUNTIME, name), join(target, name), { recursive: true, preserveTimestamps: true });
    const original = parse(await readText(join(RUNTIME, name, 'Cargo.toml')));
    await writeAtomically(join(target, name, 'Cargo.toml'), stringify(withoutWorkspace(original, workspace)));
  }
  const sources = join('ferrule-well-known', 'src');
  await cp(join(RUNTIME, sources), join(target, sources), { recursive: true, preserveTimestamps: true });
  await writeAtomically(marker, stamp);
}

/** The copies stand alone: cargo would look for their workspace in the folders above, where the user's crate is. */
function withoutWorkspace(original: TomlTable, workspace: TomlTable): TomlTable {
  const inherited = workspace['package'] as TomlTable;
  const entries = Object.entries(original['package'] as TomlTable);
  const settled = entries.map(([key, value]) => [key, isInherited(value) ? inherited[key] : value]);
  const kept = Object.entries(original).filter(([key]) => key !== 'lints');
  return { ...Object.fromEntries(kept), package: Object.fromEntries(settled) as TomlTable };
}

function isInherited(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'workspace' in value;
}

async function manifest(
  crate: Crate,
  { version, debug }: Interpreter,
  features: Features,
  { directory }: ShimPlace,
  runtime: string,
): Promise<string> {
  const path = (to: string): string => relative(directory, to).replaceAll('\\', '/');
  const runtimeFeatures = [`py3${version[1]}`, ...(debug ? ['debug'] : [])];
  const user = [
    `package = ${JSON.stringify(crate.package)}`,
    crate.dependency.kind === 'registry'
      ? `version = "=${crate.dependency.version}"`
      : `path = ${JSON.stringify(path(crate.root))}`,
    ...dependencyFeatures(features, crate),
  ];
  const source = text`
    # The module's crate, emitted by Ferrule. Changes are overwritten.
    [package]
    name = "${crate.package}-cpython"
    version = "0.0.0"
    edition = "2021"
    publish = false

    [lib]
    name = "ferrule_native"
    crate-type = ["cdylib"]

    [dependencies]
    ${crate.library} = { ${user.join(', ')} }
    ferrule-cpython = { path = "${path(join(runtime, 'ferrule-cpython'))}", features = ${JSON.stringify(runtimeFeatures)} }
    ferrule-well-known = { path = "${WELL_KNOWN_FOLDER}" }

    [workspace]
  `;
  const patches = await workspacePatches(crate, directory);
  return `${source}\n${patches === undefined ? '' : `\n${patches}`}`;
}

/** `[patch]` holds only in a workspace's root manifest, which the shim's is now; paths are turned to its place. */
async function workspacePatches(crate: Crate, directory: string): Promise<string | undefined> {
  const root = parse(await readText(join(crate.workspace, 'Cargo.toml')));
  const patch = root['patch'] as TomlTable | undefined;
  if (patch === undefined) return undefined;
  const turned = Object.entries(patch).map(([source, crates]) => [
    source,
    Object.fromEntries(
      Object.entries(crates as TomlTable).map(([name, entry]) => [name, turnPath(entry, crate.workspace, directory)]),
    ),
  ]);
  return stringify({ patch: Object.fromEntries(turned) });
}

function turnPath(entry: unknown, from: string, to: string): unknown {
  if (typeof entry !== 'object' || entry === null || !('path' in entry)) return entry;
  return { ...entry, path: relative(to, join(from, String(entry.path))).replaceAll('\\', '/') };
}

/** The user's lock file decides versions; cargo adds the shim's own packages to the copy. */
async function copyLock(crate: Crate, { directory }: ShimPlace): Promise<void> {
  const lock = await findText(join(crate.workspace, 'Cargo.lock'));
  if (lock === undefined) return;
  if (await writeIfChanged(join(directory, 'Cargo.lock.user'), lock))
    await writeIfChanged(join(directory, 'Cargo.lock'), lock);
}

let stamp: Promise<string> | undefined;

/** Changes when the runtime's sources do. */
export function runtimeStamp(): Promise<string> {
  stamp ??= computeStamp();
  return stamp;
}

async function computeStamp(): Promise<string> {
  const { createHash } = await import('node:crypto');
  const { readdir } = await import('node:fs/promises');
  const hash = createHash('sha256');
  for (const name of [...RUNTIME_CRATES, join('ferrule-well-known', 'src')]) {
    const entries = await readdir(join(RUNTIME, name), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) hash.update(relative(RUNTIME, file)).update(await readFile(file));
  }
  return hash.digest('hex');
}
