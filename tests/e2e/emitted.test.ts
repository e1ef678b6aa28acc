// clippy has nothing to say of emitted code.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { findCrate } from '../../src/project/crate.ts';
import { run } from '../../src/system/process.ts';
import { buildModule } from '../support/modules.ts';
import { anyPython } from '../support/pythons.ts';
import { root } from '../support/root.ts';
import { samples } from '../support/samples.ts';

suite('clippy on what is emitted for', () => {
  for (const { name, crate: folder } of samples) {
    test(name, async () => {
      const python = anyPython();
      await buildModule(folder, python, join(root, 'target', 'e2e', 'emitted'));
      const { work } = await findCrate(folder);
      const manifest = join(work, `cpython-${python.version}`, 'Cargo.toml');
      const target = join(root, 'target', 'e2e', 'clippy');
      const args = ['clippy', '--quiet', '--manifest-path', manifest, '--target-dir', target, '--', '-D', 'warnings'];
      const { status, stderr } = await run('cargo', args);
      assert.equal(status, 0, stderr);
    });
  }
});
