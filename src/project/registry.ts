/**
 * A crate of the registry: a small project in the user's cache depends on it, so that cargo chooses its version, downloads it and builds it as any other
 * dependency. Nothing is written into the crate's own folder, which all projects of the machine share.
 */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withoutCompiler } from '../cargo/build.ts';
import type { CargoPackage } from '../cargo/metadata.ts';
import { resolveDependencies } from '../cargo/resolve.ts';
import {
  cargoFailed,
  crateUnknown,
  noLibrary,
  registryUnreachable,
  specInvalid,
  versionUnknown,
} from '../diagnostics/catalogue.ts';
import { Failure, failure } from '../diagnostics/failure.ts';
import { cacheFolder } from '../system/cache.ts';
import { writeIfChanged } from '../system/files.ts';
import type { Progress } from '../terminal/progress.ts';
import { type Crate, crateOfPackage } from './crate.ts';
import { dependencyFeatures, featureFlags, type Features, requireFeatures } from './features.ts';
import { type CrateSpec, parseSpec, renderSpec } from './spec.ts';

/**
 * The newest crate that fits `NAME@VERSION` and that the installed rustc compiles, with these features.
 *
 * @throws Failure when there is none that a module could be made of
 */
export async function findRegistryCrate(text: string, features: Features, working: Progress): Promise<Crate> {
  const spec = parseSpec(text);
  if (spec === undefined) throw failure(specInvalid({ spec: text }));
  const crate = await resolveProject({ spec, folder: join(projects(), renderSpec(spec)), features: [] }, working);
  requireFeatures(features, crate);
  const flags = featureFlags(features);
  if (flags.length === 0) return crate;
  // Features bring dependencies of their own, which have to be in the lock file.
  const key = createHash('sha256').update(flags.join(' ')).digest('hex').slice(0, 8);
  return resolveProject(
    {
      spec: { name: spec.name, requirement: `=${withoutBuild(crate.version)}` },
      folder: join(projects(), `${renderSpec(spec)}-${key}`),
      features: dependencyFeatures(features, crate),
    },
    working,
  );
}

const projects = (): string => join(cacheFolder(), 'wrap');

interface Project {
  readonly spec: CrateSpec;
  readonly folder: string;
  /** Entries of the dependency's table. */
  readonly features: readonly string[];
}

async function resolveProject({ spec, folder, features }: Project, working: Progress): Promise<Crate> {
  const manifest = join(folder, 'Cargo.toml');
  await writeIfChanged(join(folder, 'src', 'lib.rs'), '//! Depends on the wrapped crate, and holds nothing.\n');
  await writeIfChanged(manifest, projectManifest(spec, features));
  const cwd = process.cwd();
  const again = existsSync(join(folder, 'Cargo.lock'));
  const resolution = await resolveDependencies({ manifest, cwd, again, onStep: (step) => working.step(step) });
  switch (resolution.kind) {
    case 'resolved':
      return crateOfDependency(wrapped(resolution.packages, spec), { folder, manifest, cwd });
    case 'unreachable':
      throw failure(registryUnreachable({ name: spec.name }), { notes: lastWords(resolution.stderr) });
    case 'unresolvable':
      throw unresolved(spec, resolution.stderr);
  }
}

function projectManifest({ name, requirement }: CrateSpec, features: readonly string[]): string {
  const dependency = [`version = ${JSON.stringify(requirement)}`, ...features].join(', ');
  return `# The project through which Ferrule wraps a crate of the registry. Changes are overwritten.
[package]
name = "${name}-wrapped"
version = "0.0.0"
edition = "2021"
publish = false

[dependencies]
${name} = { ${dependency} }

[workspace]
`;
}

/** cargo leaves out a dependency without a library. */
function wrapped(packages: readonly CargoPackage[], { name }: CrateSpec): CargoPackage {
  const project = packages.find((candidate) => candidate.name === `${name}-wrapped` && candidate.source === null);
  const wanted = project?.dependencies.find((dependency) => dependency.name === name);
  const found = packages.find((candidate) => candidate.name === name && candidate.source === wanted?.source);
  if (found === undefined) {
    throw failure(noLibrary({ name }), { help: 'a module can only be made of a crate that other Rust code can use' });
  }
  return found;
}

interface ProjectPlace {
  readonly folder: string;
  readonly manifest: string;
  readonly cwd: string;
}

function crateOfDependency(found: CargoPackage, { folder, manifest, cwd }: ProjectPlace): Crate {
  return crateOfPackage(found, {
    manifest,
    root: dirname(found.manifest_path),
    cwd,
    workspace: folder,
    // A new version is read and built anew.
    work: join(folder, found.version),
    source: manifest,
    dependency: { kind: 'registry', version: withoutBuild(found.version) },
  });
}

/** Versions that differ after `+` are the same to cargo. */
function withoutBuild(version: string): string {
  return version.replace(/\+.*$/, '');
}

function unresolved(spec: CrateSpec, stderr: string): Failure {
  const { name, requirement } = spec;
  const near = /^perhaps you meant: +(\S+)/m.exec(stderr)?.[1];
  if (NO_PACKAGE.exec(stderr)?.[1] === name) {
    return failure(crateUnknown({ name }), near === undefined ? {} : { help: `did you mean \`${near}\`?` });
  }
  if (NO_VERSION.exec(stderr)?.[1] === name) {
    const candidates = /^candidate versions found which didn't match: (.+)$/m.exec(stderr)?.[1];
    const placement = candidates === undefined ? { notes: lastWords(stderr) } : { help: `there are ${candidates}` };
    return failure(versionUnknown({ name, requirement }), placement);
  }
  return new Failure([withoutCompiler(stderr, cargoFailed())]);
}

const NO_PACKAGE = /^(?:error: no matching package named `|searched package name: `)([^`]+)`/m;
const NO_VERSION = /^error: failed to select a version for the requirement `([^ ]+) = /m;

/** The cause that cargo names last. */
function lastWords(stderr: string): readonly string[] {
  const paragraphs = stderr.trim().split(/\n\n/);
  return [
    (paragraphs.at(-1) ?? '')
      .replace(/^Caused by:\n/, '')
      .replaceAll(/^ +/gm, '')
      .trim(),
  ];
}
