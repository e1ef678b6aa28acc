// Wrapped crates give the same answers as their counterparts in Python, on random inputs (tests/wrapped has a file for each), and their stubs satisfy the checkers.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { run } from '../../src/system/process.ts';
import { hasEnvironment } from '../support/environments.ts';
import { ferruleSucceeds } from '../support/ferrule.ts';
import { pythonEnvironment } from '../support/modules.ts';
import { anyPython, type Python, pythons } from '../support/pythons.ts';
import { registryMissing, wrapCache } from '../support/registry.ts';
import { root } from '../support/root.ts';
import { mypyAccepts, pyrightAccepts } from '../support/stubs.ts';

interface Wrapped {
  readonly crate: string;
  readonly module: string;
  /** Compares it with Python's own; there is none for every crate. */
  readonly test?: string;
}

const crates: readonly Wrapped[] = [
  { crate: 'base64@=0.23.1', module: 'base64_rs', test: 'test_base64.py' },
  { crate: 'chrono@=0.4.45', module: 'chrono' },
  { crate: 'crc32fast@=1.5.4', module: 'crc32fast', test: 'test_crc32fast.py' },
  { crate: 'hex@=0.4.3', module: 'hex', test: 'test_hex.py' },
  { crate: 'percent-encoding@=2.3.2', module: 'percent_encoding' },
  { crate: 'petgraph@=0.8.3', module: 'petgraph' },
  { crate: 'qrcodegen@=1.8.0', module: 'qrcodegen' },
  { crate: 'semver@=1.0.28', module: 'semver', test: 'test_semver.py' },
  { crate: 'shell-words@=1.1.1', module: 'shell_words', test: 'test_shell_words.py' },
  { crate: 'statistical@=1.0.0', module: 'statistical', test: 'test_statistical.py' },
  { crate: 'strsim@=0.11.1', module: 'strsim', test: 'test_strsim.py' },
];

const skip = await registryMissing();
const versions = [...new Set([pythons[0] ?? anyPython(), anyPython()])];

for (const { crate, module, test: file } of crates) {
  suite(crate, () => {
    for (const python of file === undefined ? [] : versions) {
      test(`${file} on CPython ${python.name}`, { skip }, async () => {
        const searchPath = await wrap(crate, python);
        const { executable, env } = pythonEnvironment(python, searchPath);
        const program = join(root, 'tests', 'wrapped', file ?? '');
        const { status, signal, stdout, stderr } = await run(executable, [program], { env });
        assert.equal(status, 0, `${crate} ended with ${signal ?? status}:\n${stdout}${stderr}`);
      });
    }

    const python = anyPython();
    test('stubs', { skip: skip || (!hasEnvironment(python) && `no packages for CPython ${python.name}`) }, async () => {
      const searchPath = await wrap(crate, python);
      await mypyAccepts(python, searchPath, module);
      await pyrightAccepts(python, searchPath, module);
    });
  });
}

/** Returns what belongs on the module search path. */
async function wrap(crate: string, python: Python): Promise<string> {
  const out = join(root, 'target', 'e2e', 'wrapped', python.name);
  await ferruleSucceeds(['wrap', crate, '--python', python.executable, '--out', out], { env: wrapCache });
  return out;
}
