import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../src/system/process.ts';
import { root } from '../support/root.ts';

test('the measured tables of the README and the docs are those of bench/results', async () => {
  const { status, stderr } = await run(process.execPath, [join(root, 'bench', 'draw.mjs'), '--check']);
  assert.equal(status, 0, stderr);
});
