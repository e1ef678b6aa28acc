// What a build leaves behind and prints, and the places that a crate can be in.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../src/system/process.ts';
import { temporaryCrate, temporaryFiles } from '../support/crates.ts';
import { errorCodes, ferrule, ferruleSucceeds } from '../support/ferrule.ts';
import { pythonSucceeds } from '../support/modules.ts';
import { anyPython } from '../support/pythons.ts';

const python = anyPython();
const source = '/// Adds one.\npub fn increment(value: i64) -> i64 {\n    value + 1\n}\n';
const build = (...args: readonly string[]) => ['build', ...args, '--python', python.executable];

test('a single file becomes a package beside it, with stubs', async (t) => {
  const folder = await temporaryFiles(t, { 'fast.rs': source });
  const printed = await ferruleSucceeds(build('fast.rs', '--out', '.'), { cwd: folder });
  assert.match(printed, /^built fast for CPython 3\.\d+\.\d+\n {2}fast\n/);
  for (const file of ['__init__.pyi', 'py.typed']) assert.ok(existsSync(join(folder, 'fast', file)), file);
  await pythonSucceeds(python, 'import fast; assert fast.increment(value=1) == 2', folder);
});

test('a crate that is the root of a workspace builds, whatever its name', async (t) => {
  for (const name of ['alpha', 'zeta']) {
    const crate = await temporaryCrate(t, { name, source, manifest: '\n[workspace]\n' });
    await ferruleSucceeds(build(crate, '--out', join(crate, 'out')));
    await pythonSucceeds(python, `import ${name}; assert ${name}.increment(1) == 2`, join(crate, 'out'));
  }
});

test('another name, in JSON, with what was left out as a warning', async (t) => {
  const refused = `${source}\npub fn raw(pointer: *const u8) -> usize {\n    pointer as usize\n}\n`;
  const crate = await temporaryCrate(t, { source: refused });
  const { status, stdout, stderr } = await ferrule(build(crate, '--name', 'other', '--format', 'json', '--quiet'));
  assert.equal(status, 0, stderr);
  assert.match(
    stderr,
    /^warning\[items-left-out\]: 1 of \d public items are not in the module\n {2}= note: 1 × pointer-type, such as sample::\w+\n {2}= help: `ferrule check /,
  );
  assert.deepEqual(errorCodes(stderr), []);
  const result = JSON.parse(stdout) as { name: string; package: string; module: string };
  assert.equal(result.module, join(result.package, 'other'));
  await pythonSucceeds(python, 'import other; assert other.increment(1) == 2', result.package);
});

test('develop installs into the environment and says how to import it', async (t) => {
  const folder = await temporaryFiles(t, { 'fast.rs': source });
  const venv = join(folder, 'venv');
  assert.equal((await run(python.executable, ['-m', 'venv', '--without-pip', venv])).status, 0);
  const env = { VIRTUAL_ENV: venv, PATH: `${join(venv, 'bin')}:${process.env['PATH']}` };
  const printed = await ferruleSucceeds(['develop', 'fast.rs'], { cwd: folder, env });
  assert.match(
    printed,
    /^built fast for CPython .*\n {2}venv\/lib\/.*\/site-packages\/fast\n\n {2}python -c 'import fast'\n$/,
  );
  assert.equal(
    (await run('python', ['-c', 'import fast; assert fast.increment(1) == 2'], { cwd: venv, env })).status,
    0,
  );
});

test('a second build without a change leaves every file as it is', async (t) => {
  const crate = await temporaryCrate(t, { source });
  const args = build(crate, '--format', 'json');
  assert.equal(await ferruleSucceeds(args), await ferruleSucceeds(args));
});
