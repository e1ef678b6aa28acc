import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderCheckReport } from '../../src/cli/check-report.ts';
import type { CheckedItem } from '../../src/index.ts';
import { plainStyle } from '../../src/terminal/colour.ts';

const bound = (path: string, signature: string): CheckedItem => ({
  path,
  kind: 'function',
  status: 'bound',
  signature,
});

test('signatures stand in one column, also those of paths that are too long for theirs', () => {
  const items = [
    bound('tools', 'module tools'),
    bound('tools::wrap', 'wrap(text: str) -> str'),
    bound('tools::a_module_with_a_long_name::a_function', 'a_function() -> int'),
  ];
  assert.equal(
    renderCheckReport({ crate: 'tools', version: '1.2.0', hosts: { cpython: items } }, plainStyle),
    `tools 1.2.0 for cpython

  tools        module tools
  tools::wrap  wrap(text: str) -> str
  tools::a_module_with_a_long_name::a_function
               a_function() -> int

3 bound, 0 refused
`,
  );
});
