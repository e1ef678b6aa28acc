import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wantsColour } from '../../src/terminal/colour.ts';
import { displayWidth, padEnd, padStart } from '../../src/terminal/width.ts';

const terminal = { isTTY: true };
const file = {};

test('the command line wins, then NO_COLOR, then FORCE_COLOR, then who is looking', () => {
  assert.equal(wantsColour('always', file, { NO_COLOR: '1' }), true);
  assert.equal(wantsColour('never', terminal, { FORCE_COLOR: '1' }), false);
  assert.equal(wantsColour('auto', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }), false);
  assert.equal(wantsColour('auto', terminal, { NO_COLOR: '' }), true);
  assert.equal(wantsColour('auto', file, { FORCE_COLOR: '1' }), true);
  assert.equal(wantsColour('auto', terminal, { FORCE_COLOR: '0' }), false);
  assert.equal(wantsColour('auto', terminal, { TERM: 'dumb' }), false);
  assert.equal(wantsColour('auto', terminal, {}), true);
  assert.equal(wantsColour('auto', file, {}), false);
});

test('width is what a terminal shows', () => {
  assert.equal(displayWidth('größe'), 5);
  assert.equal(displayWidth('漢字😀'), 6);
  assert.equal(displayWidth('e\u0301'), 1);
  assert.equal(padEnd('漢', 4), '漢  ');
  assert.equal(padStart('12', 4), '  12');
});
