/** `cargo metadata`: what a package is. */

import { dirname } from 'node:path';
import { manifestInvalid } from '../diagnostics/catalogue.ts';
import { failure } from '../diagnostics/failure.ts';
import { run } from '../system/process.ts';

export interface CargoMetadata {
  readonly packages: readonly CargoPackage[];
  readonly target_directory: string;
  readonly workspace_root: string;
}

export interface CargoPackage {
  readonly name: string;
  readonly version: string;
  readonly manifest_path: string;
  /** Null for a package that is given by its path. */
  readonly source: string | null;
  readonly dependencies: readonly { readonly name: string; readonly source: string | null }[];
  readonly metadata: unknown;
  readonly features: Readonly<Record<string, readonly string[]>>;
  readonly targets: readonly {
    readonly name: string;
    readonly src_path: string;
    readonly kind: readonly string[];
    readonly crate_types: readonly string[];
    readonly edition: string;
  }[];
}

/**
 * Packages of the workspace, without their dependencies.
 *
 * @throws Failure with cargo's own words when the manifest cannot be read
 */
export async function cargoMetadata(manifest: string): Promise<CargoMetadata> {
  const args = ['metadata', '--no-deps', '--format-version', '1', '--manifest-path', manifest];
  const result = await run('cargo', args, { cwd: dirname(manifest) });
  if (result.status !== 0) throw failure(manifestInvalid(), { notes: result.stderr.trim().split('\n') });
  return JSON.parse(result.stdout) as CargoMetadata;
}
