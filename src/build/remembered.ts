/** Items whose code did not compile the last time: a build of the same shim leaves them out from the start, and is as quick as any other. */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FileSet } from '../emit/files.ts';
import { findText, writeIfChanged } from '../system/files.ts';
import { runtimeStamp, type ShimPlace } from './shim.ts';

/** Path -> what the compiler says. */
export type LeftOut = ReadonlyMap<string, string>;

/** @param shim what is emitted when nothing is left out */
export async function recallLeftOut(place: ShimPlace, shim: FileSet): Promise<LeftOut> {
  const text = await findText(fileOf(place));
  if (text === undefined) return new Map();
  const { stamp, items } = JSON.parse(text) as { readonly stamp: string; readonly items: [string, string][] };
  return new Map(stamp === (await stampOf(shim)) ? items : []);
}

export async function rememberLeftOut(place: ShimPlace, shim: FileSet, items: LeftOut): Promise<void> {
  await writeIfChanged(fileOf(place), JSON.stringify({ stamp: await stampOf(shim), items: [...items] }));
}

function fileOf({ directory }: ShimPlace): string {
  return join(directory, 'left-out.json');
}

/** What the items are emitted as, and what they link. */
async function stampOf(shim: FileSet): Promise<string> {
  const hash = createHash('sha256').update(await runtimeStamp());
  for (const [path, content] of shim) hash.update(path).update(content);
  return hash.digest('hex');
}
