/** Generated files: built in memory, written once. */

import { join } from 'node:path';
import { writeIfChanged } from '../system/files.ts';

/** Relative path with `/` -> content. */
export type FileSet = ReadonlyMap<string, string>;

/** Writes those files whose content is new; true when there was one. */
export async function writeFiles(directory: string, files: FileSet): Promise<boolean> {
  let changed = false;
  for (const [path, content] of files) {
    changed = (await writeIfChanged(join(directory, ...path.split('/')), content)) || changed;
  }
  return changed;
}
