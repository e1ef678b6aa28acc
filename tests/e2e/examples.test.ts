// Every example builds for every interpreter, and what its own test file asserts holds there.

import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { run } from '../../src/system/process.ts';
import { buildModule, pythonEnvironment } from '../support/modules.ts';
import { debugPythons, pythons } from '../support/pythons.ts';
import { root } from '../support/root.ts';

const folder = join(root, 'examples');
const examples = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'test_example.py')));
const out = join(root, 'target', 'e2e', 'examples');

for (const example of examples) {
  suite(`examples/${example}`, () => {
    for (const python of [...pythons, ...debugPythons]) {
      test(`on CPython ${python.name}`, async () => {
        const crate = join(folder, example);
        const searchPath = await buildModule(crate, python, out);
        const { executable, env } = pythonEnvironment(python, searchPath);
        const { status, signal, stdout, stderr } = await run(executable, ['-X', 'faulthandler', 'test_example.py'], {
          cwd: crate,
          env,
          timeoutMs: 120_000,
        });
        assert.equal(status, 0, `ended with ${signal ?? status}:\n${stdout}${stderr}`);
      });
    }
  });
}
