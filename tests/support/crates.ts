// Small crates and loose files for one test, in a folder that goes away with it.

import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/** An empty folder. */
export async function temporaryFolder(test: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ferrule-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder with these files; the keys are paths below it. */
export async function temporaryFiles(test: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder(test);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

export interface CrateText {
  readonly name?: string;
  /** The content of src/lib.rs. */
  readonly source: string;
  /** More of Cargo.toml, such as `[package.metadata.ferrule]`. */
  readonly manifest?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** A library crate without dependencies. */
export async function temporaryCrate(test: TestContext, crate: CrateText): Promise<string> {
  const { name = 'sample', source, manifest = '', files = {} } = crate;
  const cargo = `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${manifest}`;
  return temporaryFiles(test, { 'Cargo.toml': cargo, 'src/lib.rs': source, ...files });
}
