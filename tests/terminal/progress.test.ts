import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { createProgress } from '../../src/terminal/progress.ts';

test('a log gets a line for each step that is longer than a second, and no other', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const stream = new PassThrough();
  const progress = createProgress(stream as unknown as NodeJS.WriteStream, false)('building sample');
  progress.step('reading');
  t.mock.timers.tick(500);
  progress.step('compiling');
  t.mock.timers.tick(1500);
  progress.step('placing');
  progress.done();
  t.mock.timers.tick(5000);
  assert.equal(String(stream.read()), 'building sample: compiling\n');
});
