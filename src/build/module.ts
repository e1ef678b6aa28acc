/**
 * The sentence: read the crate's interface, check it for the host, emit the shim and the stubs, build them with cargo, place the artifact where it imports.
 *
 * cargo starts at the same time as rustdoc, with the shim of the last time: when only function bodies changed, what rustdoc finds is the same shim, and the module is
 * done when cargo is.
 */

import { homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { cargoBuild } from '../cargo/build.ts';
import { type PathPrefixes } from '../cargo/paths.ts';
import { internalRefusal, noEnvironment, nothingPublic, otherName, shimError } from '../diagnostics/catalogue.ts';
import { type FileSet } from '../emit/files.ts';
import { type Diagnostic, note, warning } from '../diagnostics/diagnostic.ts';
import { Failure, failure } from '../diagnostics/failure.ts';
import { checkedItem, type CheckedItem, type CheckReport } from '../hosts/check.ts';
import {
  cpython,
  emitShim,
  emitStubs,
  exceptionBases,
  isModuleName,
  isName,
  type ModulePlan,
  packageName,
  usedCrates,
} from '../hosts/cpython/index.ts';
import { hosts } from '../hosts/index.ts';
import type { Interface } from '../interface/types.ts';
import type { Planned } from '../hosts/host.ts';
import { type ModuleConfig, resolveConfig } from '../project/config.ts';
import type { Crate } from '../project/crate.ts';
import { activation, findInterpreter, type Interpreter } from '../python/interpreter.ts';
import { makeDirectory } from '../system/files.ts';
import { noProgress, type Progress, type StartProgress } from '../terminal/progress.ts';
import { blamedItems } from './blame.ts';
import { locateAnywhere, locateCrate, lookUpCrate, readInterface } from './crate.ts';
import { placePackage, requirePlace } from './place.ts';
import { type LeftOut, recallLeftOut, rememberLeftOut } from './remembered.ts';
import { DEFAULT_FEATURES, type Features, requireFeatures } from '../project/features.ts';
import {
  hasShimSource,
  type ShimPlace,
  shimPlace,
  writeShimCrates,
  writeShimPackage,
  writeShimSource,
} from './shim.ts';

export interface CheckOptions {
  /** A crate's folder, its Cargo.toml, or a single `.rs` file; `check` takes `NAME@VERSION` of the registry as well. */
  readonly path: string;
  readonly features?: Features;
  readonly progress?: StartProgress;
}

export interface BuildOptions extends CheckOptions {
  /** The folder that receives the package; by default one under `target/`. */
  readonly out?: string;
  /** A path, a command or a version; by default the active environment's interpreter. */
  readonly python?: string;
  /** The package's name in Python. */
  readonly name?: string;
}

export interface BuildResult {
  /** The package's name in Python. */
  readonly name: string;
  /** Name and version of the crate. */
  readonly crate: string;
  readonly version: string;
  /** The folder to have on `sys.path`. */
  readonly package: string;
  /** The package's own folder. */
  readonly module: string;
  /** Version of the interpreter that it is for. */
  readonly python: string;
  readonly items: readonly CheckedItem[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What of a crate every host will see, and why the rest stays out.
 *
 * @example const { hosts } = await check({ path: 'examples/count-doubles' });
 * @throws Failure when the crate cannot be read
 */
export async function check({
  path,
  features = DEFAULT_FEATURES,
  progress = noProgress,
}: CheckOptions): Promise<CheckReport> {
  const crate = await locateAnywhere(path, features, progress);
  const working = progress(`checking ${crate.package}`);
  try {
    const config = configOf(crate, undefined);
    const from = await readInterface(crate, features);
    const reports = Object.values(hosts).map((host) => [host.name, host.plan(from, config).verdicts.map(checkedItem)]);
    return { crate: crate.package, version: crate.version, hosts: Object.fromEntries(reports) as CheckReport['hosts'] };
  } finally {
    working.done();
  }
}

/**
 * Builds the importable package of a crate for one interpreter.
 *
 * @example const { package: folder } = await build({ path: 'fast.rs', out: 'lib' }); // PYTHONPATH=lib python3 -c 'import fast'
 * @throws Failure with everything that has to be mended
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const [crate, interpreter] = await Promise.all([locateCrate(options.path), findInterpreter(options.python)]);
  const target: Target = { out: options.out ?? join(crate.work, 'python'), editing: false };
  return buildFor(crate, interpreter, options, target);
}

export interface WrapOptions extends Omit<BuildOptions, 'path'> {
  /** `NAME@VERSION` of the registry; without a version the newest that the installed rustc compiles. */
  readonly crate: string;
}

/**
 * As {@link build}, of a crate of the registry. Everything is made in the user's cache, and so is the package unless `out` says otherwise.
 *
 * @example await wrap({ crate: 'semver@1', out: 'lib' }); // PYTHONPATH=lib python3 -c 'import semver'
 * @throws Failure when there is no such crate, or none that a module could be made of
 */
export async function wrap({ crate: spec, ...options }: WrapOptions): Promise<BuildResult> {
  const { features = DEFAULT_FEATURES, progress = noProgress, python } = options;
  const [crate, interpreter] = await Promise.all([lookUpCrate(spec, features, progress), findInterpreter(python)]);
  return buildFor(crate, interpreter, options, { out: options.out ?? join(crate.work, 'python'), editing: false });
}

/**
 * As {@link build}, into the site-packages of the active environment, or of the named interpreter's.
 *
 * @throws Failure when there is no environment
 */
export async function develop(options: Omit<BuildOptions, 'out'>): Promise<BuildResult> {
  const [crate, interpreter] = await Promise.all([locateCrate(options.path), findInterpreter(options.python)]);
  if (!interpreter.isVirtual && options.python === undefined) throw noActiveEnvironment(crate);
  return buildFor(crate, interpreter, options, { out: interpreter.sitePackages, editing: true });
}

function noActiveEnvironment({ source }: Crate): Failure {
  const command = activation([process.cwd(), dirname(source)]);
  return failure(
    noEnvironment(),
    command === undefined ? {} : { help: `activate the one that is here: \`${command}\`` },
  );
}

interface Target {
  readonly out: string;
  /** For the edit loop: the time of the next build counts more than the last bit of speed. */
  readonly editing: boolean;
}

async function buildFor(
  crate: Crate,
  interpreter: Interpreter,
  { name, features = DEFAULT_FEATURES, progress = noProgress }: Omit<BuildOptions, 'path'>,
  { out, editing }: Target,
): Promise<BuildResult> {
  const config = configOf(crate, name);
  requireFeatures(features, crate);
  const working = progress(`building ${crate.package}`);
  try {
    const folder = resolve(out);
    await makeDirectory(folder);
    requirePlace(folder, config.moduleName);
    const place = shimPlace(crate, interpreter);
    await writeShimPackage(crate, interpreter, features, place);
    const { planned, library } = await compile({ crate, features, config, place, editing, working });
    const { plan, verdicts } = planned;
    const { extensionSuffix, fullVersion } = interpreter;
    const module = await placePackage({
      out: folder,
      name: plan.name,
      library,
      extensionSuffix,
      stubs: emitStubs(plan),
    });
    const items = verdicts.map(checkedItem);
    return {
      name: plan.name,
      crate: crate.package,
      version: crate.version,
      package: folder,
      module,
      python: fullVersion,
      items,
      diagnostics: notes(crate, plan, items, name),
    };
  } finally {
    working.done();
  }
}

/** The crate by its name, a single file by its own; our runtime, and packages of the registry. */
function pathPrefixes(crate: Crate): PathPrefixes {
  const registry = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry', 'src');
  return new Map([
    [crate.work, 'ferrule'],
    crate.source === crate.manifest ? [crate.root, crate.package] : [folderOfFile(crate), ''],
    [registry, 'registry'],
  ]);
}

/** cargo joins the manifest's folder and the path in it, and leaves it at that. */
function folderOfFile({ root, source }: Crate): string {
  return `${root}/${relative(root, dirname(source))}`;
}

/** A first build compiles the dependencies while rustdoc reads the crate. */
const NOT_EMITTED: FileSet = new Map([['src/lib.rs', '//! Not emitted yet.\n']]);

interface Compilation {
  readonly crate: Crate;
  readonly features: Features;
  readonly config: ModuleConfig;
  readonly place: ShimPlace;
  readonly editing: boolean;
  readonly working: Progress;
}

interface Compiled {
  readonly planned: Planned<ModulePlan>;
  readonly library: string;
}

async function compile({ crate, features, config, place, editing, working }: Compilation): Promise<Compiled> {
  const cargo = (): Promise<string> =>
    cargoBuild({
      manifest: place.manifest,
      targetDirectory: join(crate.work, editing ? 'build-edit' : 'build'),
      incremental: editing,
      cwd: crate.cwd,
      paths: pathPrefixes(crate),
      singleFile: crate.source === crate.manifest ? undefined : crate.source,
      onStep: (step) => working.step(step),
    });
  const writeShim = async (plan: ModulePlan, packages: Interface['packages']): Promise<boolean> => {
    const files = emitShim(plan);
    const hasNewCrates = await writeShimCrates(crate, place, usedCrates(files), packages);
    return (await writeShimSource(place, files)) || hasNewCrates;
  };
  if (!hasShimSource(place)) await writeShimSource(place, NOT_EMITTED);
  const early = settle(cargo());
  const read = await settle(readInterface(crate, features));
  if ('thrown' in read) throw preferCompiler(read.thrown, await early);
  const replan = (leftOut: LeftOut): Planned<ModulePlan> =>
    cpython.plan(
      read.value,
      config,
      new Map([...leftOut].map(([path, detail]) => [path, internalRefusal({ detail })])),
    );
  const whole = replan(new Map());
  const shim = emitShim(whole.plan);
  const leftOut = await recallLeftOut(place, shim);
  const planned = leftOut.size === 0 ? whole : replan(leftOut);
  const isNew = await writeShim(planned.plan, read.value.packages);
  const started = await early;
  if (!isNew && 'value' in started) return { planned, library: started.value };
  return finish(planned, isNew ? await settle(cargo()) : started, {
    leftOut,
    cargo,
    write: (plan) => writeShim(plan, read.value.packages),
    replan,
    remember: (items) => rememberLeftOut(place, shim, items),
  });
}

interface Retry {
  /** What is left out from the start. */
  readonly leftOut: LeftOut;
  readonly cargo: () => Promise<string>;
  readonly write: (plan: ModulePlan) => Promise<boolean>;
  readonly replan: (leftOut: LeftOut) => Planned<ModulePlan>;
  readonly remember: (leftOut: LeftOut) => Promise<void>;
}

/** An item whose code does not compile is left out, so that one item never costs the module. */
async function finish(planned: Planned<ModulePlan>, built: Settled<string>, retry: Retry): Promise<Compiled> {
  const leftOut = new Map(retry.leftOut);
  for (let current = planned, outcome = built; ;) {
    if ('value' in outcome) {
      await retry.remember(leftOut);
      return { planned: current, library: outcome.value };
    }
    const found = blamedItems(shimDiagnostics(outcome.thrown), emitShim(current.plan), new Set(leftOut.keys()));
    if (found.size === 0) throw outcome.thrown;
    for (const [path, detail] of found) leftOut.set(path, detail);
    current = retry.replan(leftOut);
    await retry.write(current.plan);
    outcome = await settle(retry.cargo());
  }
}

/** What rustc says of the shim; nothing when another error is among them. */
function shimDiagnostics(thrown: unknown): readonly Diagnostic[] {
  if (!(thrown instanceof Failure)) throw thrown;
  return thrown.diagnostics.every(({ code }) => code === shimError().code) ? thrown.diagnostics : [];
}

/** The settled configuration of a crate for the host. */
export function configOf(crate: Crate, name: string | undefined): ModuleConfig {
  const moduleName = packageName(crate.library);
  const defaults = { moduleName, requestedName: name, exceptionBases, isName, isModuleName };
  return resolveConfig(crate.metadata, join(crate.root, 'Cargo.toml'), defaults);
}

/** What the compiler finds in the crate comes first: rustdoc sees no function bodies, and what it finds the compiler finds too. */
function preferCompiler(thrown: unknown, early: Settled<string>): unknown {
  if (!('thrown' in early) || !(early.thrown instanceof Failure)) return thrown;
  const inCrate = early.thrown.diagnostics.filter(({ code }) => !NOT_OF_THE_CRATE.has(code));
  return inCrate.length === 0 ? thrown : new Failure(inCrate);
}

/** Of cargo, whose words name our own packages; rustdoc's run of it fails for the same reason. */
const NOT_OF_THE_CRATE: ReadonlySet<string> = new Set(['shim-error', 'cargo-failed', 'dependencies-unresolved']);

function notes(
  crate: Crate,
  plan: ModulePlan,
  items: readonly CheckedItem[],
  name: string | undefined,
): readonly Diagnostic[] {
  const isRenamed = name === undefined && plan.name !== crate.library && plan.name === packageName(crate.library);
  const isEmpty = !items.some(({ kind, status }) => status === 'bound' && kind !== 'module');
  return [
    ...(isRenamed ? [note(otherName({ module: crate.library, name: plan.name }))] : []),
    ...(isEmpty ? [warning(nothingPublic({ crate: crate.package }))] : []),
  ];
}

type Settled<T> = { readonly value: T } | { readonly thrown: unknown };

/** A promise whose failure waits until it is asked for. */
function settle<T>(promise: Promise<T>): Promise<Settled<T>> {
  return promise.then(
    (value) => ({ value }),
    (thrown: unknown) => ({ thrown }),
  );
}
