// Wrapped crates give the same answers as their counterparts in Python, on random inputs: tests/wrapped has a file for each.

import { join } from 'node:path';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ferruleSucceeds } from '../support/ferrule.ts';
import { pythonEnvironment } from '../support/modules.ts';
import { anyPython, pythons } from '../support/pythons.ts';
import { registryMissing, wrapCache } from '../support/registry.ts';
import { root } from '../support/root.ts';
import { run } from '../../src/system/process.ts';

const crates: Readonly<Record<string, string>> = {
  'base64@=0.23.1': 'test_base64.py',
  'crc32fast@=1.5.4': 'test_crc32fast.py',
  'hex@=0.4.3': 'test_hex.py',
  'semver@=1.0.28': 'test_semver.py',
  'shell-words@=1.1.1': 'test_shell_words.py',
  'statistical@=1.0.0': 'test_statistical.py',
  'strsim@=0.11.1': 'test_strsim.py',
};

const skip = await registryMissing();
const versions = [...new Set([pythons[0] ?? anyPython(), anyPython()])];

for (const [crate, file] of Object.entries(crates)) {
  for (const python of versions) {
    test(`${crate} on CPython ${python.name}`, { skip }, async () => {
      const out = join(root, 'target', 'e2e', 'wrapped', python.name);
      await ferruleSucceeds(['wrap', crate, '--python', python.executable, '--out', out], { env: wrapCache });
      const { executable, env } = pythonEnvironment(python, out);
      const { status, signal, stdout, stderr } = await run(executable, [join(root, 'tests', 'wrapped', file)], { env });
      assert.equal(status, 0, `${crate} ended with ${signal ?? status}:\n${stdout}${stderr}`);
    });
  }
}
