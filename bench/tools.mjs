// What the measurements share: running programs, the Python environment, the builds that we compare with, results.

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '..');
export const work = join(root, 'target', 'bench');

/** Runs a program to its end and returns what it wrote to stdout; its stderr is ours. When it fails, so do we. */
export function output(command, args, options = {}) {
  const stdio = ['ignore', 'pipe', 'inherit'];
  const { status, signal, stdout, error } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio,
    maxBuffer: 2 ** 28,
    ...options,
  });
  if (status !== 0) {
    console.error(`${command} ${args.join(' ')}: ${error?.message ?? signal ?? `exit status ${status}`}`);
    process.exit(1);
  }
  return stdout;
}

/** An interpreter with numpy, in an environment of our own; made from `python` on the first run. */
export function environment(python) {
  const version = output(python, ['-c', 'import platform; print(platform.python_version())']).trim();
  const folder = join(work, `python-${version}`);
  const interpreter = join(folder, 'bin', 'python');
  if (spawnSync(interpreter, ['-c', 'import numpy']).status !== 0) {
    output(python, ['-m', 'venv', '--clear', folder]);
    const requirements = join(root, 'tests', 'requirements.txt');
    output(interpreter, ['-m', 'pip', 'install', '--quiet', '--constraint', requirements, 'numpy']);
  }
  return interpreter;
}

/** Builds the PyO3 crate in release mode and puts it where Python finds it; returns the module's file. */
export function buildPyo3(interpreter, crate = join(root, 'bench', 'calls', 'pyo3'), target = join(work, 'pyo3')) {
  const env = { ...process.env, PYO3_PYTHON: interpreter, CARGO_TARGET_DIR: target };
  output('cargo', ['build', '--release', '--quiet'], { cwd: crate, env });
  const place = join(work, 'modules', 'calls_pyo3.so');
  mkdirSync(dirname(place), { recursive: true });
  rmSync(place, { force: true });
  copyFileSync(join(target, 'release', 'libcalls_pyo3.so'), place);
  return place;
}

/** The size of a library without its symbol table, as it would be shipped. */
export function strippedSize(library) {
  const copy = join(work, 'stripped');
  mkdirSync(work, { recursive: true });
  output('strip', ['--strip-all', '-o', copy, library]);
  return statSync(copy).size;
}

export function conditions(interpreter) {
  return {
    python: output(interpreter, ['-c', 'import platform; print(platform.python_version())']).trim(),
    numpy: output(interpreter, ['-c', 'import numpy; print(numpy.__version__)']).trim(),
    pyo3: /^pyo3 = "=(.+)"/m.exec(readFileSync(join(root, 'bench/calls/pyo3/Cargo.toml'), 'utf8'))[1],
    rustc: output('rustc', ['--version']).split(' ')[1],
    cpu: cpus()[0].model.trim(),
    cores: cpus().length,
  };
}

const results = (name) => join(root, 'bench', 'results', `${name}.json`);

export function saveResults(name, value) {
  mkdirSync(dirname(results(name)), { recursive: true });
  writeFileSync(results(name), `${JSON.stringify(value, undefined, 2)}\n`);
}

export function findResults(name) {
  return existsSync(results(name)) ? JSON.parse(readFileSync(results(name), 'utf8')) : undefined;
}
