import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactDependency } from '../../src/cargo/package-id.ts';

const cratesIo = 'registry+https://github.com/rust-lang/crates.io-index';

test('a package of the registry is named by its very version', () => {
  assert.deepEqual(exactDependency(`${cratesIo}#num-bigint@0.4.6`), {
    package: 'num-bigint',
    version: '=0.4.6',
    registry: undefined,
  });
  assert.deepEqual(exactDependency('sparse+https://example.org/index/#parts@1.0.0'), {
    package: 'parts',
    version: '=1.0.0',
    registry: 'sparse+https://example.org/index/',
  });
});

test('a package of a repository is named by what was asked for', () => {
  assert.deepEqual(exactDependency('git+https://example.org/parts.git?branch=next#parts@1.0.0'), {
    package: 'parts',
    git: 'https://example.org/parts.git',
    at: { branch: 'next' },
  });
  assert.deepEqual(exactDependency('git+https://example.org/parts#1.0.0'), {
    package: 'parts',
    git: 'https://example.org/parts',
    at: {},
  });
});

test('a package in a folder is named by it, also when only its version stands behind', () => {
  assert.deepEqual(exactDependency('path+file:///home/me/my%20parts#parts@0.1.0'), {
    package: 'parts',
    path: '/home/me/my parts',
  });
  assert.deepEqual(exactDependency('path+file:///home/me/parts#0.1.0'), { package: 'parts', path: '/home/me/parts' });
  assert.equal(exactDependency('parts 0.1.0'), undefined);
});
