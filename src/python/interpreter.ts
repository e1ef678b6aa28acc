/** Python interpreters: finding one, and asking it what a module for it has to be. */

import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  environmentMissing,
  pythonFailed,
  pythonFreeThreaded,
  pythonNotFound,
  pythonUnsupported,
} from '../diagnostics/catalogue.ts';
import { Failure, failure } from '../diagnostics/failure.ts';
import { relativeToHere } from '../system/files.ts';
import { CommandNotFound, run, type RunResult } from '../system/process.ts';

/** `sys.implementation.name`: others have their own object layouts. */
const IMPLEMENTATION = 'cpython';

/** Minor versions of CPython 3 whose object layouts the runtime declares. */
const OLDEST = 9;
const NEWEST = 15;

export interface Interpreter {
  readonly executable: string;
  /** `[3, 11]`. */
  readonly version: readonly [number, number];
  readonly fullVersion: string;
  /** `.cpython-311-x86_64-linux-gnu.so`: how the file name of a native module ends. */
  readonly extensionSuffix: string;
  /** Built with `Py_DEBUG`. */
  readonly debug: boolean;
  /** Where packages of this environment live. */
  readonly sitePackages: string;
  /** Whether the interpreter belongs to a virtual environment. */
  readonly isVirtual: boolean;
  /** Names of the standard library's modules. */
  readonly standardModules: readonly string[];
}

const PROBE = `
import json, sys, sysconfig
variable = sysconfig.get_config_var
print(json.dumps({
    "implementation": sys.implementation.name,
    "executable": sys.executable,
    "version": list(sys.version_info[:2]),
    "fullVersion": sys.version.split()[0],
    "extensionSuffix": variable("EXT_SUFFIX"),
    "debug": bool(variable("Py_DEBUG")),
    "freeThreaded": bool(variable("Py_GIL_DISABLED")),
    "sitePackages": sysconfig.get_path("platlib"),
    "isVirtual": sys.prefix != sys.base_prefix or "CONDA_PREFIX" in __import__("os").environ,
    "standardModules": sorted(getattr(sys, "stdlib_module_names", sys.builtin_module_names)),
}))
`;

interface Probe extends Interpreter {
  readonly implementation: string;
  readonly freeThreaded: boolean;
}

/**
 * The interpreter a module is for.
 *
 * @param request a path, a command or a version (\`3.13\`); the active environment's interpreter, else \`python3\`, when undefined
 * @throws Failure when there is none, or none that modules can be made for
 */
export async function findInterpreter(request: string | undefined): Promise<Interpreter> {
  const candidates = request === undefined ? defaultCandidates() : requestedCandidates(request);
  let failed: Failure | undefined;
  for (const candidate of candidates) {
    const probed = await probe(candidate);
    if (probed instanceof Failure) failed ??= probed;
    else if (probed) return accept(candidate, probed);
  }
  throw failed ?? failure(pythonNotFound({ name: request ?? 'python3' }));
}

/** @throws Failure when the active environment is gone: another interpreter's packages are not what the user sees. */
function defaultCandidates(): readonly string[] {
  const active = process.env['VIRTUAL_ENV'];
  if (active && !existsSync(active)) throw failure(environmentMissing({ path: active }));
  const environments = [active, process.env['CONDA_PREFIX']].filter((path) => path !== undefined);
  const folder = process.platform === 'win32' ? 'Scripts' : 'bin';
  return [...environments.map((path) => `${path}/${folder}/python`), 'python3', 'python'];
}

/** A version may also be one that pyenv has installed but not chosen: then its `python3.13` on PATH refuses to run. */
function requestedCandidates(request: string): readonly string[] {
  return /^3\.\d+$/.test(request) ? [`python${request}`, ...pyenvCandidates(request)] : [request];
}

function pyenvCandidates(version: string): readonly string[] {
  const folder = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.startsWith(`${version}.`));
  return names.map((name) => join(folder, name, 'bin', 'python'));
}

/** What the interpreter says of itself; undefined when there is none of that name. */
async function probe(executable: string): Promise<Probe | Failure | undefined> {
  let result: RunResult;
  try {
    result = await run(executable, ['-I', '-c', PROBE], { timeoutMs: 30_000 });
  } catch (error) {
    if (error instanceof CommandNotFound) return undefined;
    throw error;
  }
  if (result.status !== 0) return failure(pythonFailed({ name: executable }), { notes: lastLines(result.stderr) });
  try {
    return JSON.parse(result.stdout) as Probe;
  } catch {
    return failure(pythonFailed({ name: executable }));
  }
}

function accept(name: string, { implementation, freeThreaded, ...interpreter }: Probe): Interpreter {
  const [major, minor] = interpreter.version;
  if (implementation !== IMPLEMENTATION || major !== 3 || minor < OLDEST || minor > NEWEST) {
    const title = implementation === IMPLEMENTATION ? 'Python' : implementation;
    const found = `${title} ${interpreter.fullVersion}`;
    throw failure(pythonUnsupported({ name, found, oldest: `3.${OLDEST}`, newest: `3.${NEWEST}` }));
  }
  if (freeThreaded) throw failure(pythonFreeThreaded({ name }));
  return interpreter;
}

function lastLines(output: string): readonly string[] {
  return output.trim().split('\n').slice(-3);
}

/** The command that activates an environment in one of the folders, if a `.venv` is there. */
export function activation(folders: readonly string[]): string | undefined {
  const script = process.platform === 'win32' ? join('Scripts', 'activate') : join('bin', 'activate');
  const found = folders.map((folder) => join(folder, '.venv', script)).find((path) => existsSync(path));
  if (found === undefined) return undefined;
  return process.platform === 'win32' ? relativeToHere(found) : `. ${relativeToHere(found)}`;
}
