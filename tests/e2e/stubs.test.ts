// The emitted stubs of every sample are right: for mypy --strict, for pyright in strict mode, and compared with the
// built module by mypy's stubtest.

import { join } from 'node:path';
import { suite, test } from 'node:test';
import { hasEnvironment } from '../support/environments.ts';
import { buildModule } from '../support/modules.ts';
import { anyPython, pythons } from '../support/pythons.ts';
import { root } from '../support/root.ts';
import { samples } from '../support/samples.ts';
import { mypyAccepts, pyrightAccepts } from '../support/stubs.ts';

const out = join(root, 'target', 'e2e', 'stubs');

// Stubs say the same for each version, so the oldest and a usual one are enough for the checkers.
const versions = [...new Set([pythons[0] ?? anyPython(), anyPython()])];

for (const { name, crate, module } of samples) {
  suite(`stubs of ${name}`, () => {
    for (const python of versions) {
      const options = { skip: hasEnvironment(python) ? false : `no packages for CPython ${python.name}` };
      test(`mypy --strict and stubtest on CPython ${python.name}`, options, async () => {
        await mypyAccepts(python, await buildModule(crate, python, out), module);
      });
    }

    test('pyright, strict', async () => {
      await pyrightAccepts(anyPython(), await buildModule(crate, anyPython(), out), module);
    });
  });
}
