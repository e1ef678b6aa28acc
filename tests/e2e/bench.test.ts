// `ferrule bench` on a real example: it builds the crate beside the bench file, and no wrong answer gets a time.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { BenchReport } from '../../src/bench/report.ts';
import { errorCodes, ferrule, ferruleSucceeds } from '../support/ferrule.ts';
import { temporaryFiles } from '../support/crates.ts';
import { anyPython } from '../support/pythons.ts';
import { root } from '../support/root.ts';

const python = anyPython().executable;

test('fibonacci: the u64 version is timed while it is right, and refused where it overflows', async () => {
  const example = join(root, 'examples', 'fibonacci');
  const { status, stdout, stderr } = await ferrule(['bench', example, '--python', python, '--format', 'json']);
  assert.equal(status, 1, 'a wrong answer is a failure');
  assert.deepEqual(errorCodes(stderr), ['bench-contenders-failed']);
  const report = JSON.parse(stdout) as BenchReport;
  const kinds = report.inputs.map(({ rows }) => rows.map(({ contender, result }) => [contender, result.kind]));
  assert.deepEqual(kinds, [
    [
      ['python', 'timed'],
      ['rust, u64', 'timed'],
      ['rust, digits', 'timed'],
    ],
    [
      ['python', 'timed'],
      ['rust, u64', 'different'],
      ['rust, digits', 'timed'],
    ],
  ]);
  const wrong = report.inputs[1]?.rows[1]?.result;
  assert.ok(wrong?.kind === 'different' && wrong.difference.startsWith('OverflowError: '), JSON.stringify(wrong));
  const u64 = report.inputs[0]?.rows[1]?.result;
  assert.ok(u64?.kind === 'timed' && (u64.speedup ?? 0) > 2, 'Rust is faster than Python');
  assert.deepEqual(report.environment.rust?.flags, ['release', 'overflow checks on']);
});

test('the table names each input, each contender and the conditions', async (t) => {
  const source = 'CONTENDERS = {"one": abs, "other": lambda x: -x}\nINPUTS = {"minus one": lambda: (-1,)}\n';
  const path = await temporaryFiles(t, { 'bench.py': `"""Absolute values"""\n${source}` });
  const table = await ferruleSucceeds(['bench', path, '--python', python]);
  assert.match(table, /^Absolute values\n\nminus one {2}answer: 1\n/);
  assert.match(table, /^ {2}one +\d\S* ns .* 1\.00x {2}baseline/m);
  assert.match(table, /^ {2}other +\d\S* ns .*\dx/m);
  assert.match(table, /^CPython 3\.\d+\.\d+; .* cores; /m);
});

test('a single file is built anew, whatever was built before and lies beside it', async (t) => {
  const bench = 'import fast\nCONTENDERS = {"python": lambda: 2, "rust": fast.two}\nINPUTS = {"nothing": lambda: ()}\n';
  const files = { 'bench.py': bench, 'fast.rs': 'pub fn two() -> i64 {\n    1\n}\n', 'module_of_fast.rs': 'not Rust' };
  const path = await temporaryFiles(t, files);
  await ferruleSucceeds(['build', 'fast.rs', '--out', '.', '--python', python], { cwd: path });
  await writeFile(join(path, 'fast.rs'), 'pub fn two() -> i64 {\n    2\n}\n');
  const table = await ferruleSucceeds(['bench', '--python', python], { cwd: path });
  assert.match(table, /^ {2}rust +\d/m);
  assert.match(table, /; rustc /);
});

test('a bench file above the folder of the crate', async (t) => {
  const path = await temporaryFiles(t, {
    'bench.py': 'import tools\nCONTENDERS = {"rust": tools.one}\nINPUTS = {"nothing": lambda: ()}\n',
    'tools/Cargo.toml': '[package]\nname = "tools"\n',
  });
  const { status, stderr } = await ferrule(['bench', '--python', python], { cwd: path });
  assert.equal(status, 1);
  assert.equal(
    stderr,
    'error[bench-crate-unbuilt]: `tools` is not built: what Python imports is the folder of its crate, tools\n' +
      '  = help: move the bench file beside tools/Cargo.toml, or make the module importable with `ferrule develop tools`\n',
  );
});

test('what is wrong with a bench file stands at its place', async (t) => {
  const path = await temporaryFiles(t, {
    'bench.py': 'import broken\n',
    'broken.py': 'x = 1\ndef broken(:\n',
    'missing.py': 'import fast_sums\n',
  });
  const bench = async (...args: readonly string[]) =>
    (await ferrule(['bench', ...args, '--python', python], { cwd: path })).stderr;
  assert.match(
    await bench(),
    /bench\.py raised SyntaxError: .*\n *--> broken\.py:2:12\n.*\n2 \| def broken\(:\n.*\^\n.*\n.*File "bench\.py", line 1/,
  );
  assert.match(
    await bench('missing.py'),
    /No module named 'fast_sums'\n.*\n.*\n.*= help: if `fast_sums` is made by Ferrule/,
  );
  assert.match(await bench('nope.py'), /there is no bench file at nope\.py\n.*= help: check the spelling of nope\.py/);
});

test('a folder without a bench file', async (t) => {
  const path = await temporaryFiles(t, {});
  const { status, stdout, stderr } = await ferrule(['bench', path, '--python', python]);
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.deepEqual(errorCodes(stderr), ['bench-file-not-found']);
});
