// Files that others may be reading. A file appears under its name only when it is whole: it is written beside its
// place and renamed over it, so an interpreter that has the old module loaded keeps the old one. Unchanged files are
// left alone, because cargo and Python decide by modification time what to do again.

import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';

export type FileOperation = 'create directory' | 'read' | 'write';

/** A file or directory could not be used; the message says which, what for and why in a person's words. */
export class FileError extends Error {
  readonly path: string;
  readonly operation: FileOperation;
  readonly reason: string;
  /** The system's code, such as `EACCES`. */
  readonly code: string | undefined;

  constructor(operation: FileOperation, path: string, cause: unknown) {
    const reason = reasonOf(cause);
    super(`cannot ${operation} ${path}: ${reason}`, { cause });
    this.name = 'FileError';
    this.operation = operation;
    this.path = path;
    this.reason = reason;
    this.code = (cause as NodeJS.ErrnoException).code;
  }
}

/** Creates a directory and its parents; one that exists already is fine. */
export async function makeDirectory(path: string): Promise<void> {
  await as('create directory', path, () => makeWithParents(path));
}

/** Not node's own recursion: where a folder takes no others and says ENOENT, as /proc does, that never ends. */
async function makeWithParents(path: string, parent: 'unknown' | 'exists' = 'unknown'): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (isDirectory(path)) return;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === 'exists') throw error;
    await makeWithParents(dirname(path));
    await makeWithParents(path, 'exists');
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The text of a file; undefined when there is none. */
export async function findText(path: string): Promise<string | undefined> {
  return (await findBytes(path))?.toString('utf8');
}

/** The text of a file that has to exist. */
export async function readText(path: string): Promise<string> {
  return as('read', path, () => readFile(path, 'utf8'));
}

/** Writes a file whole or not at all, making its directory when there is none. */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array,
  options: { readonly mode?: number } = {},
): Promise<void> {
  await makeDirectory(dirname(path));
  await as('write', path, async () => {
    const draft = join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(4).toString('hex')}`);
    try {
      await writeFile(draft, content);
      if (options.mode !== undefined) await chmod(draft, options.mode);
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  });
}

/** Writes a file unless it has this content already; true when it was written. */
export async function writeIfChanged(path: string, content: string | Uint8Array): Promise<boolean> {
  const before = await findBytes(path);
  if (before?.equals(Buffer.from(content))) return false;
  await writeAtomically(path, content);
  return true;
}

/** Copies a file unless the copy has this content already; true when it was copied. The mode comes along. */
export async function copyIfChanged(from: string, to: string): Promise<boolean> {
  const [source, { mode }] = await as('read', from, () => Promise.all([readFile(from), stat(from)]));
  const before = await findBytes(to);
  if (before?.equals(source)) return false;
  await writeAtomically(to, source, { mode: mode & 0o777 });
  return true;
}

/** A path as a person in this folder would type it: relative when it lies below, else as it is. */
export function relativeToHere(path: string, here: string = process.cwd()): string {
  if (!isAbsolute(path)) return path;
  const below = relative(here, path);
  return below === '' || below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below) ? path : below;
}

async function findBytes(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new FileError('read', path, error);
  }
}

async function as<T>(operation: FileOperation, path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw new FileError(operation, path, error);
  }
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ENOENT':
      return 'no such file or directory';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a file of that name is in the way';
    case 'EISDIR':
      return 'it is a directory';
    case 'ENOSPC':
      return 'no space left on the device';
    case 'EROFS':
      return 'the file system is read-only';
    case 'EBUSY':
    case 'ETXTBSY':
      return 'another program is using it';
    default:
      return message;
  }
}
