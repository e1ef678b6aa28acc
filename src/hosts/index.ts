/** All hosts. Adding one is a folder here and a line in this list. */

import { cpython } from './cpython/index.ts';

export const hosts = { cpython } as const;
