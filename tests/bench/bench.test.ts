import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { bench, type BenchOptions } from '../../src/bench/bench.ts';
import type { BenchReport, Result } from '../../src/bench/report.ts';
import { Failure } from '../../src/diagnostics/failure.ts';
import { temporaryFiles } from '../support/crates.ts';
import { anyPython } from '../support/pythons.ts';

const quick = { processes: 2, samples: 2, secondsPerSample: 0.001, secondsPerProcess: 0.1, timeout: 20 };

async function compare(
  context: TestContext,
  source: string,
  options: Partial<BenchOptions['method']> = {},
): Promise<BenchReport> {
  const path = await temporaryFiles(context, { 'bench.py': source });
  return bench({ path, python: anyPython().executable, method: { ...quick, ...options } });
}

function results(report: BenchReport): Record<string, Result['kind']> {
  const rows = report.inputs.flatMap((input) => input.rows);
  return Object.fromEntries(rows.map((row) => [row.contender, row.result.kind]));
}

async function refusal(context: TestContext, source: string): Promise<string> {
  const thrown: unknown = await compare(context, source).catch((error: unknown) => error);
  assert.ok(thrown instanceof Failure);
  return thrown.message;
}

test('right contenders are timed, wrong ones are not', async (context) => {
  const report = await compare(
    context,
    `"""Sums

More text."""
def loop(values):
    total = 0
    for value in values:
        total += value
    return total

CONTENDERS = {"loop": loop, "sum": sum, "as float": lambda values: float(sum(values)), "fails": lambda: 0}
BASELINE = "loop"
NOTES = {"sum": "a builtin"}
INPUTS = {"numbers": lambda: (list(range(1000)),)}
`,
  );
  assert.equal(report.title, 'Sums');
  assert.deepEqual(results(report), { loop: 'timed', sum: 'timed', 'as float': 'different', fails: 'different' });
  const [input] = report.inputs;
  assert.equal(input?.answer, '499500');
  assert.equal(input.changesArguments, false);
  assert.deepEqual(input.rows[2]?.result, {
    kind: 'different',
    difference: '499500.0 (float) instead of 499500 (int)',
    onlyRounding: false,
  });
  const [loop, sum] = input.rows.map((row) => row.result);
  assert.ok(loop?.kind === 'timed' && sum?.kind === 'timed');
  assert.equal(loop.speedup, 1);
  assert.equal(loop.samples.length, 4);
  assert.ok(sum.speedup !== undefined && loop.minimum > 0 && loop.median >= loop.minimum);
});

test('what contenders do to their arguments is compared, and each timed call gets its own', async (context) => {
  const report = await compare(
    context,
    `
def insertion_sort(values):
    assert values[0] == 1000, "sorted already"
    for index in range(1, len(values)):
        while index and values[index - 1] > values[index]:
            values[index - 1], values[index] = values[index], values[index - 1]
            index -= 1

def sort(values):
    assert values[0] == 1000, "sorted already"
    values.sort()

CONTENDERS = {"insertion sort": insertion_sort, "list.sort": sort, "sorted": lambda values: sorted(values) and None}
INPUTS = {"60 numbers": lambda: ([1000, *range(60, 0, -1)],)}
`,
  );
  assert.deepEqual(results(report), { 'insertion sort': 'timed', 'list.sort': 'timed', sorted: 'different' });
  assert.equal(report.inputs[0]?.changesArguments, true);
});

test('a crash, a hang and an exit are rows of the report', async (context) => {
  const report = await compare(
    context,
    `
import ctypes, os, sys, time
print("noise on stdout")
def one(): return 1
def hang(): time.sleep(60)
calls = 0
def late():
    global calls
    calls += 1
    if calls > 1: os._exit(7)
    return 1
CONTENDERS = {
    "fine": one, "crash": lambda: ctypes.string_at(0), "hang": hang, "exit": lambda: os._exit(3), "polite": sys.exit, "late": late,
    "noisy": lambda: print("noise") or 1,
}
INPUTS = {"nothing": lambda: ()}
`,
    { timeout: 1 },
  );
  const reasons = report.inputs[0]?.rows.map(({ contender, result }) => [
    contender,
    result.kind,
    result.kind === 'died' ? result.reason : '',
  ]);
  assert.deepEqual(reasons, [
    ['fine', 'timed', ''],
    ['crash', 'died', 'crashed: Segmentation fault'],
    ['hang', 'died', 'took longer than 1 s'],
    ['exit', 'died', 'ended the process with status 3'],
    ['polite', 'different', ''],
    ['late', 'died', 'ended the process with status 7'],
    ['noisy', 'timed', ''],
  ]);
});

test('nothing is timed without an answer of the baseline', async (context) => {
  const report = await compare(
    context,
    `
import os
def crash(value): os.abort() if value == 1 else int("x")
CONTENDERS = {"base": crash, "int": lambda value: int("x"), "zero": lambda value: 0}
INPUTS = {"dies": lambda: (1,), "raises": lambda: (2,)}
`,
  );
  const kinds = report.inputs.map((input) => input.rows.map((row) => row.result.kind));
  assert.deepEqual(kinds, [
    ['died', 'unchecked', 'unchecked'],
    ['raised', 'raised', 'different'],
  ]);
  assert.equal(report.inputs[0]?.answer, undefined);
  assert.match(report.inputs[1]?.answer ?? '', /^ValueError: invalid literal/);
});

test('floats are compared to the last bit, unless the bench file says how far off they may be', async (context) => {
  const source = `
CONTENDERS = {"one": lambda: [0.1 + 0.2], "other": lambda: [0.3], "far": lambda: [0.30001]}
INPUTS = {"nothing": lambda: ()}
`;
  const rows = async (text: string) => {
    const report = await compare(context, text);
    return report.inputs.flatMap((input) => input.rows.map(({ tolerated, result }) => [tolerated, result]));
  };
  const [, exact, far] = await rows(source);
  const difference = '[0]: 0.3 instead of 0.30000000000000004';
  assert.deepEqual(exact, [false, { kind: 'different', difference, onlyRounding: true }]);
  const [, tolerated, other] = await rows(`${source}TOLERANCE = 1e-9\n`);
  assert.ok(tolerated?.[0] === true && (tolerated[1] as Result).kind === 'timed');
  assert.deepEqual(far, other);
});

test('random inputs are the same in every process', async (context) => {
  const report = await compare(
    context,
    `
import random
AT_IMPORT = random.random()
CONTENDERS = {"one": lambda a, b: (a, b, hash("text"))}
INPUTS = {"random": lambda: (AT_IMPORT, random.random())}
`,
  );
  const again = await bench({
    path: join(await temporaryFiles(context, { 'other.py': 'CONTENDERS = INPUTS = {"a": tuple}' }), 'other.py'),
    python: anyPython().executable,
    method: quick,
  });
  assert.deepEqual(results(report), { one: 'timed' });
  assert.deepEqual(results(again), { a: 'timed' });
});

test('bench files that cannot be used', async (context) => {
  const contenders = 'CONTENDERS = {"a": len}\n';
  const cases: readonly (readonly [string, RegExp])[] = [
    ['', /bench\.py: CONTENDERS is missing/],
    ['CONTENDERS = {}', /CONTENDERS must be a dict .* with at least one entry/],
    ['CONTENDERS = {"a": 1}', /CONTENDERS\['a'\] must be callable, not int/],
    ['CONTENDERS = {1: len}', /CONTENDERS has the name 1, which must be a text/],
    [contenders, /INPUTS is missing/],
    [`${contenders}INPUTS = {"i": lambda: "text"}`, /INPUTS\['i'\] must make a tuple of arguments, not str/],
    [`${contenders}INPUTS = {"i": lambda: ()}\nBASELINE = "b"`, /BASELINE is 'b', which is none of CONTENDERS/],
    [`${contenders}INPUTS = {"i": lambda: ()}\nNOTES = {"b": "x"}`, /NOTES has 'b'/],
    [`${contenders}INPUTS = {"i": lambda: ()}\nTOLERANCE = True`, /TOLERANCE must be a number below 1/],
    [`${contenders}import os\nINPUTS = {"i": lambda: (os.urandom(9),)}`, /makes other arguments each time/],
    [`${contenders}INPUTS = {"i": lambda: 1 / 0}`, /bench\.py raised ZeroDivisionError: division by zero/],
    ['import missing_module', /bench\.py raised ModuleNotFoundError: No module named 'missing_module'/],
    ['def broken(:', /bench\.py raised SyntaxError/],
    ['import os; os._exit(5)', /the Python process that read .*bench\.py died: ended the process with status 5/],
  ];
  for (const [source, message] of cases) assert.match(await refusal(context, source), message);
});

test('a folder without a bench file', async (context) => {
  const path = await temporaryFiles(context, {});
  await assert.rejects(bench({ path, python: anyPython().executable }), /there is no bench file at .*bench\.py/);
});
