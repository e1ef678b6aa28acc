// Every sample builds for every interpreter, and what its own test file asserts holds there.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { run } from '../../src/system/process.ts';
import { buildModule, pythonEnvironment } from '../support/modules.ts';
import { debugPythons, pythons } from '../support/pythons.ts';
import { root } from '../support/root.ts';
import { samples } from '../support/samples.ts';

const out = join(root, 'target', 'e2e', 'samples');

for (const sample of samples) {
  suite(sample.name, () => {
    for (const python of [...pythons, ...debugPythons]) {
      test(`on CPython ${python.name}`, async () => {
        const searchPath = await buildModule(sample.crate, python, out);
        const { executable, env } = pythonEnvironment(python, searchPath);
        const { status, signal, stdout, stderr } = await run(executable, ['-X', 'faulthandler', sample.test], {
          cwd: sample.crate,
          env,
          timeoutMs: 120_000,
        });
        assert.equal(status, 0, `ended with ${signal ?? status}:\n${stdout}${stderr}`);
      });
    }
  });
}
