// The checkers that emitted stubs have to satisfy: mypy --strict, mypy's stubtest against the built module, pyright in strict mode.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { writeAtomically } from '../../src/system/files.ts';
import { run } from '../../src/system/process.ts';
import { environmentPython } from './environments.ts';
import { pythonEnvironment } from './modules.ts';
import type { Python } from './pythons.ts';
import { root } from './root.ts';

/** mypy --strict of the stubs, and stubtest, which imports the module. */
export async function mypyAccepts(python: Python, searchPath: string, module: string): Promise<void> {
  await succeeds(python, searchPath, ['-m', 'mypy', '--strict', '--no-incremental', '-p', module]);
  await succeeds(python, searchPath, ['-m', 'mypy.stubtest', module]);
}

/** pyright in strict mode. */
export async function pyrightAccepts(python: Python, searchPath: string, module: string): Promise<void> {
  const project = join(searchPath, `pyright-${module}.json`);
  const settings = { include: [module], typeCheckingMode: 'strict', pythonVersion: python.version };
  await writeAtomically(project, JSON.stringify(settings));
  const pyright = join(root, 'node_modules', 'pyright', 'index.js');
  const { status, stdout, stderr } = await run(process.execPath, [pyright, '--project', project]);
  assert.equal(status, 0, `${stdout}${stderr}`);
}

async function succeeds(python: Python, searchPath: string, args: readonly string[]): Promise<void> {
  const { env } = pythonEnvironment(python, searchPath);
  const { status, stdout, stderr } = await run(environmentPython(python), args, {
    cwd: searchPath,
    env: { ...env, MYPYPATH: searchPath },
  });
  assert.equal(status, 0, `${args.join(' ')}\n${stdout}${stderr}`);
}
