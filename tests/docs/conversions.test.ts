// Needs the built program, as the script asks the host itself.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../src/system/process.ts';
import { root } from '../support/root.ts';

test('the tables of the README and docs/conversions.md are what the host and messages/ say', async () => {
  const { status, stderr } = await run(process.execPath, [join(root, 'scripts', 'conversions.mjs'), '--check']);
  assert.equal(status, 0, stderr);
});
