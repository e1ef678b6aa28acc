import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  copyIfChanged,
  FileError,
  findText,
  makeDirectory,
  writeAtomically,
  writeIfChanged,
} from '../../src/system/files.ts';
import { temporaryFiles, temporaryFolder } from '../support/crates.ts';

test('a file is written whole, with its folders, and leaves nothing beside it', async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, 'a', 'b', 'text');
  await writeAtomically(file, 'one');
  await writeAtomically(file, 'two');
  assert.equal(readFileSync(file, 'utf8'), 'two');
  assert.deepEqual(readdirSync(join(folder, 'a', 'b')), ['text']);
});

test('what has not changed keeps its modification time', async (t) => {
  const folder = await temporaryFiles(t, { from: 'same', to: 'same', text: 'same' });
  const old = new Date('2001-01-01');
  for (const name of ['to', 'text']) utimesSync(join(folder, name), old, old);
  assert.equal(await writeIfChanged(join(folder, 'text'), 'same'), false);
  assert.equal(await copyIfChanged(join(folder, 'from'), join(folder, 'to')), false);
  assert.equal(statSync(join(folder, 'text')).mtime.getTime(), old.getTime());
  assert.equal(statSync(join(folder, 'to')).mtime.getTime(), old.getTime());
  assert.equal(await writeIfChanged(join(folder, 'text'), 'other'), true);
});

test('a copy has the content and the mode', async (t) => {
  const folder = await temporaryFiles(t, { from: 'program' });
  chmodSync(join(folder, 'from'), 0o755);
  assert.equal(await copyIfChanged(join(folder, 'from'), join(folder, 'new', 'to')), true);
  assert.equal(statSync(join(folder, 'new', 'to')).mode & 0o777, 0o755);
});

test('a folder where a file is in the way, and a file that is no text file', async (t) => {
  const folder = await temporaryFiles(t, { file: '' });
  await assert.rejects(makeDirectory(join(folder, 'file', 'below')), (error) => {
    return (
      error instanceof FileError && /cannot create directory .*: a file of that name is in the way/.test(error.message)
    );
  });
  await assert.rejects(writeAtomically(folder, 'x'), { operation: 'write', reason: /directory/ });
  await assert.rejects(findText(folder), { operation: 'read', reason: 'it is a directory' });
  assert.equal(await findText(join(folder, 'missing')), undefined);
});

test('a folder that takes no others ends in an error', { skip: !existsSync('/proc/self') }, async () => {
  await assert.rejects(makeDirectory('/proc/nowhere/below'), { operation: 'create directory', code: 'ENOENT' });
});

test('several may make one folder at the same time', async (t) => {
  const folder = await temporaryFolder(t);
  await Promise.all(Array.from({ length: 8 }, () => makeDirectory(join(folder, 'a', 'b', 'c'))));
});
