// The crates that the tests build: the examples, and the fixtures that have something to run.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

export interface Sample {
  /** `examples/pi`. */
  readonly name: string;
  readonly crate: string;
  /** The module's name in Python. */
  readonly module: string;
  /** A Python file that asserts what has to hold. */
  readonly test: string;
}

const from = (folder: string, test: string): readonly Sample[] =>
  readdirSync(join(root, folder))
    .map((name) => ({
      name: `${folder}/${name}`,
      crate: join(root, folder, name),
      module: name.replaceAll('-', '_'),
      test: join(root, folder, name, test),
    }))
    .filter((sample) => existsSync(sample.test));

export const samples: readonly Sample[] = [
  ...from('examples', 'test_example.py'),
  ...from('tests/fixtures', 'test.py'),
];
