import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggest } from '../../src/diagnostics/suggest.ts';

const keys = ['defaults', 'rename', 'skip', 'name'];

test('a slip of the fingers is understood', () => {
  assert.equal(suggest('defualts', keys), 'defaults');
  assert.equal(suggest('Skip', keys), 'skip');
  assert.equal(suggest('nme', keys), 'name');
});

test('another word is not', () => {
  assert.equal(suggest('instances', keys), undefined);
});
