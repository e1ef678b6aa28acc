import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatFactor, formatSeconds } from '../../src/bench/units.ts';

test('three digits and the unit that fits', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, '0.00 ns'],
    [2.6e-11, '0.03 ns'],
    [23e-9, '23.0 ns'],
    [411.4e-6, '411 µs'],
    [0.9994e-3, '999 µs'],
    [0.9996e-3, '1.00 ms'],
    [9.996e-3, '10.0 ms'],
    [0.0142, '14.2 ms'],
    [1, '1.00 s'],
    [4321, '4,321 s'],
  ];
  for (const [seconds, text] of cases) assert.equal(formatSeconds(seconds), text);
});

test('factors', () => {
  assert.equal(formatFactor(0.523), '0.52x');
  assert.equal(formatFactor(1), '1.00x');
  assert.equal(formatFactor(34.62), '34.6x');
  assert.equal(formatFactor(1240), '1,240x');
});
