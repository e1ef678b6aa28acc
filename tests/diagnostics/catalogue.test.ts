import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../src/system/process.ts';
import { root } from '../support/root.ts';

test('the catalogue and docs/diagnostics.md are what messages/ says', async () => {
  const { status, stderr } = await run(process.execPath, [join(root, 'scripts', 'messages.mjs'), '--check']);
  assert.equal(status, 0, stderr);
});
