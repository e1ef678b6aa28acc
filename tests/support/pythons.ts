// The interpreters of this machine that tests run with: one release build for each minor version that Ferrule supports,
// and the debug builds, which count references. They come from pyenv, from PATH and from scripts/pythons.sh.
// FERRULE_TEST_PYTHONS=3.9,3.13 keeps a run short.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const supported = ['3.9', '3.10', '3.11', '3.12', '3.13', '3.14', '3.15'] as const;

export interface Python {
  /** Such as `3.13`; with a `d` for a debug build. */
  readonly name: string;
  /** Such as `3.13`. */
  readonly version: string;
  readonly executable: string;
  readonly debug: boolean;
  /** Whether Python.h is there, for tests that compile C. */
  readonly headers: boolean;
}

const question = `
import json, os, platform, sys, sysconfig
print(json.dumps({
    "implementation": platform.python_implementation(),
    "version": "%d.%d" % sys.version_info[:2],
    "debug": hasattr(sys, "gettotalrefcount"),
    "headers": os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")),
}))
`;

const found = findAll();

/** Release builds, oldest first. */
export const pythons: readonly Python[] = found.filter((python) => !python.debug);

/** Builds with `sys.gettotalrefcount`, oldest first. */
export const debugPythons: readonly Python[] = found.filter((python) => python.debug);

/** Versions that have no release build here. */
export const missingVersions: readonly string[] = wanted().filter(
  (version) => !pythons.some((python) => python.version === version),
);

/** The interpreter for tests that need just one: the newest that is not brand-new, as most users have it. */
export function anyPython(): Python {
  const settled = pythons.filter((python) => minor(python.version) <= 13);
  const python = settled.at(-1) ?? pythons.at(-1);
  if (python === undefined) throw new Error('no CPython from 3.9 to 3.15 was found');
  return python;
}

function wanted(): readonly string[] {
  const only = process.env['FERRULE_TEST_PYTHONS'];
  return only === undefined || only === ''
    ? supported
    : supported.filter((version) => only.split(',').includes(version));
}

function findAll(): readonly Python[] {
  const versions = wanted();
  const byName = new Map<string, Python>();
  for (const executable of candidates(versions)) {
    const python = ask(executable);
    if (python !== undefined && versions.includes(python.version) && !byName.has(python.name)) {
      byName.set(python.name, python);
    }
  }
  return [...byName.values()].sort((a, b) => minor(a.version) - minor(b.version));
}

function candidates(versions: readonly string[]): readonly string[] {
  const names = versions.flatMap((version) => [`python${version}`, `python${version}d`]);
  const folders = [...pyenvFolders(), ...(process.env['PATH'] ?? '').split(delimiter), join(cache(), 'usr', 'bin')];
  return folders
    .filter((folder) => folder !== '' && !folder.endsWith('shims'))
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .filter((executable) => existsSync(executable));
}

function pyenvFolders(): readonly string[] {
  const versions = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  return existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, 'bin')) : [];
}

function cache(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ferrule', 'pythons');
}

function ask(executable: string): Python | undefined {
  const { status, stdout } = spawnSync(executable, ['-I', '-c', question], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const answer = JSON.parse(stdout) as Omit<Python, 'name' | 'executable'> & { readonly implementation: string };
  if (answer.implementation !== 'CPython') return undefined;
  const { version, debug, headers } = answer;
  return { name: `${version}${debug ? 'd' : ''}`, version, executable, debug, headers };
}

function minor(version: string): number {
  return Number(version.split('.')[1]);
}
