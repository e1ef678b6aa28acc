// What is emitted for each crate of tests/fixtures, compared with the files in its `expected` folder: the shim, the stubs
// and the verdict on every public item.

import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { suite, test } from 'node:test';
import { readInterface } from '../src/build/crate.ts';
import { DEFAULT_FEATURES } from '../src/project/features.ts';
import { configOf } from '../src/build/module.ts';
import { checkedItem } from '../src/hosts/check.ts';
import { cpython, emitShim, emitStubs } from '../src/hosts/cpython/index.ts';
import { findCrate } from '../src/project/crate.ts';
import { run } from '../src/system/process.ts';
import { matchesFile } from './support/expected.ts';
import { root } from './support/root.ts';

const folder = join(root, 'tests', 'fixtures');
const fixtures = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'Cargo.toml')));

suite('emitted for', () => {
  for (const fixture of fixtures) {
    test(fixture, async () => {
      const crate = await findCrate(join(folder, fixture));
      const { plan, verdicts } = cpython.plan(await readInterface(crate, DEFAULT_FEATURES), configOf(crate, undefined));
      const expected = join(folder, fixture, 'expected', cpython.name);
      const files = new Map([...emitShim(plan), ...emitStubs(plan)]);
      for (const [path, content] of files) await matchesFile(content, join(expected, path));
      const items = verdicts.map(checkedItem).map(({ location, ...item }) => ({
        ...item,
        ...(location && { location: { ...location, file: relative(crate.root, location.file) } }),
      }));
      const source = join(expected, 'src', 'lib.rs');
      const formatted = await run('rustfmt', ['--check', '--edition', '2021', source]);
      assert.equal(formatted.status, 0, formatted.stdout);
      await matchesFile(`${JSON.stringify(items, undefined, 2)}\n`, join(expected, 'check.json'));
    });
  }
});
