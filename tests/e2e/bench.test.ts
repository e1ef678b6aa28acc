// `ferrule bench` on a real example: it builds the crate beside the bench file, and no wrong answer gets a time.

import assert from 'node:assert/strict';
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
  const printed = await ferruleSucceeds(['bench', example, '--python', python, '--format', 'json']);
  const report = JSON.parse(printed) as BenchReport;
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

test('a folder without a bench file', async (t) => {
  const path = await temporaryFiles(t, {});
  const { status, stdout, stderr } = await ferrule(['bench', path, '--python', python]);
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.deepEqual(errorCodes(stderr), ['bench-file-not-found']);
});
