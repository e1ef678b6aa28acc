import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blamedItems } from '../../src/build/blame.ts';
import { shimError } from '../../src/diagnostics/catalogue.ts';
import { error } from '../../src/diagnostics/diagnostic.ts';

const lines = [
  'const _: fn(i64) -> i64 = ::demo::r#type;',
  "const _: for<'a> fn(&'a str) -> i64 =",
  '    ::demo::text;',
  '/// `demo::area` as `area() -> float`.',
  'unsafe extern "C" fn function_area() {}',
  '/// `demo::Point` as `class Point`.',
  'struct Class_Point;',
  '/// `demo::Point::norm` as `Point.norm() -> float`.',
  'unsafe extern "C" fn method_Point_norm() {}',
  'unsafe extern "C" fn operator_Point_add() {}',
];
const shim = new Map([['src/lib.rs', lines.join('\n')]]);
const at = (line: number) =>
  error(shimError(), { location: { file: 'src/lib.rs', line, column: 1 }, notes: ['error[E0308]: mismatched types'] });
const blamed = (line: number, ...out: readonly string[]) => [...blamedItems([at(line)], shim, new Set(out))];

test('an assertion names its item', () => {
  assert.deepEqual(blamed(1), [['demo::type', 'mismatched types']]);
  assert.deepEqual(blamed(3), [['demo::text', 'mismatched types']]);
});

test('other code stands below a comment that names its item', () => {
  assert.deepEqual(blamed(5), [['demo::area', 'mismatched types']]);
  assert.deepEqual(blamed(7), [['demo::Point', 'mismatched types']]);
  assert.deepEqual(blamed(9), [['demo::Point::norm', 'mismatched types']]);
});

test('when that item is out already, its class is meant', () => {
  assert.deepEqual(blamed(10, 'demo::Point::norm'), [['demo::Point', 'mismatched types']]);
  assert.deepEqual(blamed(10, 'demo::Point::norm', 'demo::Point'), []);
});
