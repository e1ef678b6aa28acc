import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../src/system/process.ts';
import { pythons } from '../support/pythons.ts';
import { root } from '../support/root.ts';

for (const python of pythons) {
  test(`answers are compared by type and value on ${python.name}`, async () => {
    const script = join(root, 'tests', 'bench', 'test_answers.py');
    const { status, stderr } = await run(python.executable, [script], { env: { PYTHONPATH: join(root, 'python') } });
    assert.equal(status, 0, stderr);
  });
}
