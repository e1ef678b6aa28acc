// Expected files: what a test produces is compared with a file beside the test. `npm test -- unit --update` writes them.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { root } from './root.ts';

const updating = process.env['FERRULE_UPDATE'] === '1' && process.env['CI'] !== 'true';

/** Compares text with the content of a file, or writes the file in an update. */
export async function matchesFile(actual: string, file: string): Promise<void> {
  if (updating) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, actual);
    return;
  }
  const name = relative(root, file);
  assert.ok(existsSync(file), `${name} does not exist; \`npm test -- unit --update\` writes it`);
  assert.equal(
    actual,
    await readFile(file, 'utf8'),
    `${name} differs; \`npm test -- unit --update\` accepts the new text`,
  );
}
