// Crates of the registry become packages, and what can go wrong with their names, versions and features is one clear error.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFiles, temporaryFolder } from '../support/crates.ts';
import { errorCodes, ferrule, ferruleSucceeds } from '../support/ferrule.ts';
import { pythonSucceeds } from '../support/modules.ts';
import { anyPython } from '../support/pythons.ts';
import { registryMissing, wrapCache } from '../support/registry.ts';

const python = anyPython();
const skip = await registryMissing();
const wrap = (...args: readonly string[]) => ['wrap', ...args, '--python', python.executable];

async function fails(code: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = await ferrule(args, { env: { ...wrapCache, ...env } });
  assert.deepEqual(errorCodes(stderr), [code], stderr);
  assert.equal(status, 1, stderr);
  assert.equal(stdout, '');
  return stderr;
}

test('a crate becomes a package in the folder that was asked for, with stubs', { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  const printed = await ferruleSucceeds(wrap('roman@0.1', '--out', '.'), { cwd: folder, env: wrapCache });
  assert.match(
    printed,
    /^built roman for CPython 3\.\d+\.\d+, from roman 0\.1\.\d+\n {2}roman\n\n {2}\S+ -c 'import roman'\n$/,
  );
  assert.ok(existsSync(join(folder, 'roman', '__init__.pyi')));
  assert.ok(existsSync(join(folder, 'roman', 'py.typed')));
  await pythonSucceeds(
    python,
    'import roman\nassert roman.to(1994) == "MCMXCIV"\nassert roman.from_("MMXXVI") == 2026',
    folder,
  );
});

test('a crate with dependencies; a second time is the same, and lies in the cache', { skip }, async () => {
  const args = wrap('textwrap@0.16', '--format', 'json');
  const printed = await ferruleSucceeds(args, { env: wrapCache });
  const { name, crate, version, package: folder } = JSON.parse(printed) as Record<string, string>;
  assert.deepEqual([name, crate], ['textwrap_rs', 'textwrap']);
  assert.match(version ?? '', /^0\.16\.\d+$/);
  assert.ok(folder?.startsWith(join(wrapCache.XDG_CACHE_HOME, 'ferrule', 'wrap', 'textwrap@0.16')));
  assert.equal(await ferruleSucceeds(args, { env: wrapCache }), printed);
  await pythonSucceeds(python, 'import textwrap_rs\nassert textwrap_rs.dedent("  a\\n  b") == "a\\nb"', folder ?? '');
});

test('features bring their dependencies; those of a version are told apart', { skip }, async () => {
  const module = async (...features: readonly string[]) => {
    const printed = await ferruleSucceeds(wrap('hex@0.4', '--format', 'json', ...features), { env: wrapCache });
    return (JSON.parse(printed) as { readonly module: string }).module;
  };
  const folders = [await module(), await module('--no-default-features'), await module('--all-features')];
  assert.equal(new Set(folders).size, 3);
});

test('a name of the standard library is not taken, unless it is asked for', { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  const { stderr } = await ferrule(wrap('base64', '--out', folder), { env: wrapCache });
  assert.match(stderr, /^note\[other-name\]: the module is called `base64_rs`, /m);
  assert.match(stderr, /^warning\[items-left-out\].*\n {2}= note: \d+ × [\w-]+, such as base64::/m);
  await ferruleSucceeds(wrap('base64', '--out', folder, '--name', 'rust_base64'), { env: wrapCache });
  await pythonSucceeds(python, 'import base64_rs, rust_base64', folder);
});

test('check lists a crate of the registry; a path that exists wins', { skip }, async (t) => {
  assert.match(await ferruleSucceeds(['check', 'roman@=0.1.6'], { env: wrapCache }), /^roman 0\.1\.6 for cpython\n/);
  const cwd = await temporaryFiles(t, {
    'roman/Cargo.toml': '[package]\nname = "own"\nversion = "3.2.1"\nedition = "2021"\n',
    'roman/src/lib.rs': '',
  });
  assert.match(await ferruleSucceeds(['check', 'roman'], { cwd, env: wrapCache }), /^own 3\.2\.1 for cpython\n/);
});

test('no such crate, version or feature', { skip }, async () => {
  for (const command of [['check'], wrap()]) {
    const unknown = await fails('crate-unknown', [...command, 'shell_words']);
    assert.match(unknown, /no crate `shell_words`.*\n {2}= help: did you mean `shell-words`\?\n$/);
    assert.match(await fails('version-unknown', [...command, 'roman@99']), /help: there are \d+\.\d+\.\d+, /);
    const feature = await fails('feature-unknown', [...command, 'hex@0.4', '--features', 'serd']);
    assert.match(feature, /the crate `hex` has no feature `serd`\n {2}= help: did you mean `serde`\?\n$/);
  }
});

test('crates that no module can be made of', { skip }, async () => {
  await fails('proc-macro-crate', ['check', 'serde_derive@1']);
  assert.match(await fails('no-library', ['check', 'ripgrep@15']), /`ripgrep` has no library target/);
});

test('what names no crate', async () => {
  for (const spec of ['semver@abc', './semver', 'fast.rs']) await fails('spec-invalid', wrap(spec));
  await fails('spec-invalid', ['check', 'semver@']);
  await fails('path-not-found', ['check', './semver']);
  assert.match(await fails('path-not-found', ['build', 'semver']), /`ferrule wrap semver`/);
});

test('a registry that does not answer, and nothing downloaded', async (t) => {
  const folder = await temporaryFolder(t);
  const env = { XDG_CACHE_HOME: folder, CARGO_HOME: join(folder, 'cargo'), CARGO_NET_OFFLINE: 'true' };
  assert.match(await fails('registry-unreachable', ['check', 'roman'], env), /crate `roman`/);
});
