// The emitted stubs of every sample are right: for mypy --strict, for pyright in strict mode, and compared with the
// built module by mypy's stubtest.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { writeAtomically } from '../../src/system/files.ts';
import { run } from '../../src/system/process.ts';
import { environmentPython, hasEnvironment } from '../support/environments.ts';
import { buildModule, pythonEnvironment } from '../support/modules.ts';
import { anyPython, type Python, pythons } from '../support/pythons.ts';
import { root } from '../support/root.ts';
import { samples } from '../support/samples.ts';

const out = join(root, 'target', 'e2e', 'stubs');

// Stubs say the same for each version, so the oldest and a usual one are enough for the checkers.
const versions = [...new Set([pythons[0] ?? anyPython(), anyPython()])];

for (const { name, crate, module } of samples) {
  suite(`stubs of ${name}`, () => {
    for (const python of versions) {
      const options = { skip: hasEnvironment(python) ? false : `no packages for CPython ${python.name}` };
      test(`mypy --strict and stubtest on CPython ${python.name}`, options, async () => {
        const searchPath = await buildModule(crate, python, out);
        await succeeds(python, searchPath, ['-m', 'mypy', '--strict', '--no-incremental', '-p', module]);
        await succeeds(python, searchPath, ['-m', 'mypy.stubtest', module]);
      });
    }

    test('pyright, strict', async () => {
      const python = anyPython();
      const searchPath = await buildModule(crate, python, out);
      const project = join(searchPath, `pyright-${module}.json`);
      const settings = { include: [module], typeCheckingMode: 'strict', pythonVersion: python.version };
      await writeAtomically(project, JSON.stringify(settings));
      const pyright = join(root, 'node_modules', 'pyright', 'index.js');
      const { status, stdout, stderr } = await run(process.execPath, [pyright, '--project', project]);
      assert.equal(status, 0, `${stdout}${stderr}`);
    });
  });
}

async function succeeds(python: Python, searchPath: string, args: readonly string[]): Promise<void> {
  const { env } = pythonEnvironment(python, searchPath);
  const { status, stdout, stderr } = await run(environmentPython(python), args, {
    cwd: searchPath,
    env: { ...env, MYPYPATH: searchPath },
  });
  assert.equal(status, 0, `${args.join(' ')}\n${stdout}${stderr}`);
}
