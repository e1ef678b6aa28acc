import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSpec, renderSpec } from '../../src/project/spec.ts';

test('a name stands for any version', () => {
  assert.deepEqual(parseSpec('semver'), { name: 'semver', requirement: '*' });
  assert.deepEqual(parseSpec('semver@*'), { name: 'semver', requirement: '*' });
  assert.deepEqual(parseSpec('shell-words'), { name: 'shell-words', requirement: '*' });
});

test('versions are as in Cargo.toml, whole or in part', () => {
  for (const requirement of ['1', '1.0', '1.0.20', '=1.0.20', '^0.4', '~1.2', '1.0.0-rc.2', '=2.0.0-alpha.1']) {
    assert.deepEqual(parseSpec(`a_b@${requirement}`), { name: 'a_b', requirement });
  }
});

test('what stands after + makes no other version', () => {
  assert.deepEqual(parseSpec('toml_edit@0.25.18+spec-1.1.0'), { name: 'toml_edit', requirement: '0.25.18' });
});

test('paths and half a version name no crate', () => {
  const others = [
    '',
    '.',
    './semver',
    'a/b',
    'fast.rs',
    '1abc',
    'a b',
    'semver@',
    'semver@abc',
    'semver@1.',
    'a@>=1',
    'é',
  ];
  assert.deepEqual(
    others.filter((text) => parseSpec(text) !== undefined),
    [],
  );
});

test('any version is left out when the name is shown', () => {
  for (const text of ['semver', 'semver@=1.0.20']) {
    const spec = parseSpec(text);
    assert.equal(spec && renderSpec(spec), text);
  }
});
