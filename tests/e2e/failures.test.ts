// What a person gets wrong most often ends in one clear error and exit code 1: no stack, nothing twice, nothing on
// stdout.

import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { temporaryCrate, temporaryFiles, temporaryFolder } from '../support/crates.ts';
import { errorCodes, ferrule } from '../support/ferrule.ts';
import { anyPython } from '../support/pythons.ts';

const python = anyPython().executable;
const source = '/// Adds one.\npub fn increment(value: i64) -> i64 {\n    value + 1\n}\n';

/** Runs a command that has to fail with one error of this code, and returns what it said. */
async function fails(code: string, args: readonly string[], options: Parameters<typeof ferrule>[1] = {}) {
  const { status, stdout, stderr } = await ferrule(args, options);
  assert.deepEqual(errorCodes(stderr), [code], stderr);
  assert.equal(status, 1, stderr);
  assert.equal(stdout, '');
  assert.doesNotMatch(stderr, /\n {4}at /, 'a stack is shown');
  return stderr;
}

test('a crate that does not compile: the error stands in the user’s own file and line', async (t) => {
  const crate = await temporaryCrate(t, { source: 'pub fn one() -> i64 {\n    "one"\n}\n' });
  const { status, stdout, stderr } = await ferrule(['build', crate, '--python', python], { cwd: crate });
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.equal(errorCodes(stderr).length, 1, stderr);
  assert.match(stderr, /E0308.*mismatched types/);
  assert.match(stderr, /--> src\/lib\.rs:2:5\n/);
  assert.match(stderr, /2 \| {5}"one"\n/);
});

test('a single file that does not compile: the error stands in that file', async (t) => {
  const folder = await temporaryFiles(t, { 'fast.rs': 'pub fn one() -> i64 {\n    missing()\n}\n' });
  const { status, stderr } = await ferrule(['build', 'fast.rs', '--python', python], { cwd: folder });
  assert.equal(status, 1);
  assert.equal(errorCodes(stderr).length, 1, stderr);
  assert.match(stderr, /--> fast\.rs:2:5\n/);
});

test('a single file that needs a dependency is told to become a crate', async (t) => {
  const files = {
    'find.rs': 'pub fn one() -> bool {\n    regex::escape("a") == "a"\n}\n',
    'old.rs': 'extern crate regex;\n',
  };
  const folder = await temporaryFiles(t, files);
  for (const name of ['find', 'old']) {
    const { stderr } = await ferrule(['build', `${name}.rs`, '--python', python], { cwd: folder });
    assert.match(stderr, new RegExp(`= help: a single file has no dependencies; .*\`cargo new --lib ${name}\``));
    assert.doesNotMatch(stderr, /cargo add/);
  }
});

test('files that rustc would have made are named from here', async (t) => {
  const folder = await temporaryFiles(t, { 'fast.rs': 'pub mod gone;\n' });
  for (const args of [['check'], ['build', '--python', python]]) {
    const stderr = await fails('E0583', [...args, 'fast.rs'], { cwd: folder });
    assert.match(stderr, /create file "gone\.rs" or "gone\/mod\.rs"\n/);
  }
});

test('check: after a syntax error nothing is said about rustdoc', async (t) => {
  const folder = await temporaryFiles(t, { 'fast.rs': 'pub fn one() -> i64 {\n    let = 3;\n    3\n}\n' });
  const { status, stderr } = await ferrule(['check', 'fast.rs'], { cwd: folder });
  assert.equal(status, 1);
  assert.match(stderr, /^error: expected pattern, found `=`\n/);
  assert.doesNotMatch(stderr, /rustdoc|aborting/);
});

test('a dependency that cannot be found', async (t) => {
  const crate = await temporaryCrate(t, { source, manifest: '\n[dependencies]\nnowhere = { path = "../nowhere" }\n' });
  for (const args of [['check'], ['build', '--python', python]]) {
    const stderr = await fails('dependencies-unresolved', [...args, crate]);
    assert.match(stderr, /failed to get `nowhere` as a dependency of package `sample/);
  }
});

test('no Rust toolchain', async (t) => {
  const crate = await temporaryCrate(t, { source });
  const stderr = await fails('command-not-found', ['build', crate, '--python', python], await withoutCargo(t));
  assert.match(stderr, /`cargo` is not installed/);
});

test('no such interpreter', async (t) => {
  const crate = await temporaryCrate(t, { source });
  const stderr = await fails('python-not-found', ['build', crate, '--python', 'nosuch']);
  assert.match(stderr, /nosuch/);
});

test('an unknown configuration key, with the nearest one', async (t) => {
  const manifest = '\n[package.metadata.ferrule]\nrenam = { increment = "inc" }\n';
  const crate = await temporaryCrate(t, { source, manifest });
  for (const args of [
    ['check', crate],
    ['build', crate, '--python', python],
  ]) {
    const stderr = await fails('configuration-unknown-key', args);
    assert.match(stderr, /`renam`/);
    assert.match(stderr, /did you mean `rename`\?/);
  }
});

test('a folder that cannot be written', async (t) => {
  const crate = await temporaryCrate(t, { source, files: { occupied: 'a file, not a folder' } });
  const out = join(crate, 'occupied', 'below');
  const stderr = await fails('directory-not-created', ['build', crate, '--python', python, '--out', out]);
  assert.match(stderr, /occupied/);
});

test('what somebody else has put there is neither written into nor hidden', async (t) => {
  const crate = await temporaryCrate(t, { source });
  const lib = await temporaryFiles(t, {
    'module/sample.py': '',
    'package/sample/__init__.py': '',
    'crate/sample/Cargo.toml': '',
    'stubs/sample/numpy/__init__.pyi': 'x: int',
  });
  for (const place of ['module', 'package', 'crate', 'stubs']) {
    await fails('package-occupied', ['build', crate, '--python', python, '--out', join(lib, place)]);
  }
  assert.equal(await readFile(join(lib, 'stubs/sample/numpy/__init__.pyi'), 'utf8'), 'x: int');
});

test('names that Python cannot write', async (t) => {
  const crate = await temporaryCrate(t, {
    source,
    manifest: '[package.metadata.ferrule.rename]\n"sample::increment" = "two-fold"',
  });
  await fails('item-name-invalid', ['build', crate, '--python', python]);
  await fails('module-name-invalid', [
    'build',
    await temporaryCrate(t, { source }),
    '--python',
    python,
    '--name',
    'def',
  ]);
});

test('a path without a crate, and no path at all', async (t) => {
  const folder = await temporaryFolder(t);
  await fails('crate-not-found', ['check', folder]);
  await fails('crate-not-found', ['build', folder, '--python', python]);
  await writeFile(join(folder, 'fast.rs'), source);
  assert.match(await fails('crate-not-found', ['check'], { cwd: folder }), /= help: did you mean `fast\.rs`\?/);
  await fails('path-not-found', ['check', join(folder, 'nowhere')]);
});

test('a feature of a crate without features', async (t) => {
  const crate = await temporaryCrate(t, { source });
  const stderr = await fails('feature-unknown', ['check', crate, '--features', 'fast']);
  assert.match(stderr, /has no feature `fast`\n {2}= help: it has no features\n/);
});

test('an environment that is gone, and one that is not active', async (t) => {
  const folder = await temporaryFiles(t, { 'fast.rs': source, '.venv/bin/activate': '' });
  const gone = join(folder, 'gone');
  const stderr = await fails('environment-missing', ['build', 'fast.rs'], { cwd: folder, env: { VIRTUAL_ENV: gone } });
  assert.match(stderr, /VIRTUAL_ENV is .*gone, which does not exist/);
  // Outside of an environment, whatever the tests run in.
  const env = { VIRTUAL_ENV: undefined, CONDA_PREFIX: undefined, PATH: await onlyPython(t) };
  const help = await fails('no-environment', ['develop', 'fast.rs'], { cwd: folder, env });
  assert.match(help, /= help: activate the one that is here: `\. \.venv\/bin\/activate`/);
});

test('in JSON the failure is one document on stdout, and stderr is for people', async (t) => {
  const folder = await temporaryFolder(t);
  const { status, stdout, stderr } = await ferrule(['check', folder, '--format', 'json']);
  assert.equal(status, 1);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { severity: string; code: string }[] };
  assert.deepEqual(
    diagnostics.map(({ severity, code }) => [severity, code]),
    [['error', 'crate-not-found']],
  );
  assert.deepEqual(errorCodes(stderr), ['crate-not-found']);
});

test('strict fails when something is refused, and only then', async (t) => {
  const fine = await temporaryCrate(t, { source });
  assert.equal((await ferrule(['check', fine, '--strict'])).status, 0);
  const refused = await temporaryCrate(t, {
    source: `${source}\npub fn raw(pointer: *const u8) -> usize {\n    pointer as usize\n}\n`,
  });
  assert.equal((await ferrule(['check', refused])).status, 0);
  const { status, stdout, stderr } = await ferrule(['check', refused, '--strict']);
  assert.equal(status, 1);
  assert.deepEqual(errorCodes(stderr), ['items-refused']);
  assert.match(stdout, /increment\(value: int\) -> int/);
  const inJson = await ferrule(['check', refused, '--strict', '--format', 'json']);
  assert.equal(inJson.status, 1);
  assert.ok('hosts' in (JSON.parse(inJson.stdout) as object), 'one document, the report');
});

/** A PATH on which `python3` is the interpreter of the tests. */
async function onlyPython(t: TestContext) {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'python3'), `#!/bin/sh\nexec "${python}" "$@"\n`, { mode: 0o755 });
  return `${folder}:${process.env['PATH']}`;
}

/** A PATH that has nothing but node. */
async function withoutCargo(t: TestContext) {
  const folder = await temporaryFolder(t);
  symlinkSync(process.execPath, join(folder, 'node'));
  return { env: { PATH: folder, CARGO: undefined, RUSTC: undefined, CARGO_HOME: join(dirname(folder), 'nowhere') } };
}
