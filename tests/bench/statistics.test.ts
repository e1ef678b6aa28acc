import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantile, summarise } from '../../src/bench/statistics.ts';

test('quantiles lie between neighbours', () => {
  assert.equal(quantile([7], 0.25), 7);
  assert.equal(quantile([1, 2], 0.5), 1.5);
  assert.equal(quantile([1, 2, 3, 4, 5], 0.25), 2);
  assert.equal(quantile([1, 2, 3, 4], 0.75), 3.25);
  assert.throws(() => quantile([], 0.5), RangeError);
});

test('the samples of all processes are put together', () => {
  const timed = summarise([
    { first: 9, samples: [4, 1] },
    { first: 8, samples: [3, 2, 5] },
  ]);
  assert.deepEqual(timed, {
    kind: 'timed',
    median: 3,
    minimum: 1,
    maximum: 5,
    quartiles: [2, 4],
    unstable: true,
    first: 9,
    samples: [4, 1, 3, 2, 5],
  });
});

test('a spread of a tenth is still stable', () => {
  const spread = (width: number) => summarise([{ first: 1, samples: [100 - width, 100, 100 + width] }]).unstable;
  assert.equal(spread(10), false);
  assert.equal(spread(11), true);
});

test('one outlier does not make it unstable', () => {
  const { unstable, median } = summarise([{ first: 1, samples: [100, 101, 100, 101, 900] }]);
  assert.deepEqual([unstable, median], [false, 101]);
});
