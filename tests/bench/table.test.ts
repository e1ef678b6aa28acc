import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BenchReport, Row, Timed } from '../../src/bench/report.ts';
import { renderBenchReport } from '../../src/bench/table.ts';

const timed = (median: number, more: Partial<Timed> = {}): Timed => ({
  kind: 'timed',
  median,
  minimum: median * 0.99,
  maximum: median * 1.1,
  quartiles: [median * 0.99, median * 1.02],
  unstable: false,
  first: median * 3,
  samples: [median],
  ...more,
});

const row = (contender: string, result: Row['result'], note = '', tolerated = false): Row => ({
  contender,
  note,
  tolerated,
  result,
});

const report: BenchReport = {
  title: 'How often a character equals the one after it',
  environment: {
    python: 'CPython 3.11.7',
    rust: { version: '1.95.0', flags: ['release', 'overflow checks on'] },
    cpu: 'A processor',
    cores: 2,
    platform: 'linux x64',
  },
  method: { processes: 5, samples: 5, secondsPerSample: 0.02, secondsPerProcess: 2, timeout: 60 },
  baseline: 'python',
  tolerance: 0,
  inputs: [
    {
      name: '1,000,000 letters',
      answer: '19103',
      changesArguments: false,
      rows: [
        row('python', timed(0.0142, { speedup: 1 })),
        row('rust, größer', timed(0.000411, { speedup: 34.55, unstable: true }), 'decodes UTF-8'),
        row('rust, bytes', { kind: 'different', difference: '38 instead of 37', onlyRounding: false }),
        row('c', { kind: 'died', reason: 'crashed: Segmentation fault' }),
      ],
    },
    {
      name: 'nothing',
      answer: 'StopIteration',
      changesArguments: true,
      rows: [row('python', { kind: 'raised', exception: 'StopIteration' }), row('rust', { kind: 'unchecked' })],
    },
  ],
};

test('a report as a person reads it', () => {
  assert.equal(
    renderBenchReport(report),
    `How often a character equals the one after it

1,000,000 letters  answer: 19103
                 median      IQR  minimum  speedup
  python        14.2 ms   426 µs  14.1 ms    1.00x  baseline
  rust, größer   411 µs  12.3 µs   407 µs    34.5x  decodes UTF-8, unstable
  rust, bytes   wrong, not timed: 38 instead of 37
  c             crashed: Segmentation fault

nothing  answer: StopIteration
  python  not timed: raises StopIteration
  rust    not timed: there is no answer of the baseline to compare with

CPython 3.11.7; rustc 1.95.0 (release, overflow checks on); A processor, 2 cores; linux x64
5 processes for each row, up to 5 samples of at least 20.0 ms in each; IQR: interquartile range; converting arguments and results is part of the time
functions that change their arguments get a copy for each call, made outside the time
unstable: the IQR is more than a tenth of the median; close other programs and repeat
`,
  );
});

test('without a crate nothing is said about Rust', () => {
  const { rust: _, ...environment } = report.environment;
  assert.ok(!renderBenchReport({ ...report, environment }).includes('rustc'));
});

test('floats that are rounded otherwise are told apart from wrong ones', () => {
  const [input] = report.inputs;
  assert.ok(input);
  const rows = [
    row('sum', timed(0.001, { speedup: 1 })),
    row('pairs', timed(0.0005, { speedup: 2 }), '', true),
    row('fma', { kind: 'different', difference: '0.3 instead of 0.30000000000000004', onlyRounding: true }),
  ];
  const text = renderBenchReport({ ...report, baseline: 'sum', tolerance: 1e-12, inputs: [{ ...input, rows }] });
  assert.match(text, /^ {2}pairs .* 2\.00x {2}rounded otherwise$/m);
  assert.match(
    text,
    /^ {2}fma {4}wrong, not timed \(only the rounding of floats\): 0\.3 instead of 0\.30000000000000004$/m,
  );
  assert.match(text, /^rounded otherwise: floats differ from the baseline's, within the TOLERANCE of 1e-12$/m);
  assert.match(
    text,
    /^only the rounding of floats: .* write `TOLERANCE = 1e-9` into the bench file where that is right$/m,
  );
});
