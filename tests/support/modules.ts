// Builds a crate for an interpreter and runs Python code that imports it.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { run, type RunResult } from '../../src/system/process.ts';
import { environmentPython, hasEnvironment } from './environments.ts';
import { ferruleSucceeds } from './ferrule.ts';
import type { Python } from './pythons.ts';

/** Builds a crate into a folder of the interpreter's own and returns what belongs on its module search path. */
export async function buildModule(crate: string, python: Python, out: string): Promise<string> {
  const searchPath = join(out, python.name);
  await ferruleSucceeds(['build', crate, '--python', python.executable, '--out', searchPath]);
  return searchPath;
}

/** How to run the interpreter so that it finds modules and the packages of its test environment, if it has one. */
export function pythonEnvironment(python: Python, searchPath: string) {
  return {
    executable: hasEnvironment(python) ? environmentPython(python) : python.executable,
    env: { PYTHONPATH: searchPath, PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' },
  };
}

/** Runs code in the interpreter; how it ends is the caller's to judge. */
export async function runPython(python: Python, code: string, searchPath: string): Promise<RunResult> {
  const { executable, env } = pythonEnvironment(python, searchPath);
  return run(executable, ['-X', 'faulthandler', '-c', code], { env, timeoutMs: 120_000 });
}

/** Runs code that has to end well, such as a list of assertions, and returns what it printed. */
export async function pythonSucceeds(python: Python, code: string, searchPath: string): Promise<string> {
  const { status, signal, stdout, stderr } = await runPython(python, code, searchPath);
  assert.equal(status, 0, `Python ${python.name} ended with ${signal ?? status}:\n${stdout}${stderr}`);
  return stdout;
}
