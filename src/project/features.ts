/** The crate's features that a module is built with. */

import { featureUnknown } from '../diagnostics/catalogue.ts';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { Failure } from '../diagnostics/failure.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Crate } from './crate.ts';

export interface Features {
  readonly names: readonly string[];
  readonly all: boolean;
  /** Whether the default ones are in. */
  readonly default: boolean;
}

export const DEFAULT_FEATURES: Features = { names: [], all: false, default: true };

/** As flags of cargo. */
export function featureFlags({ names, all, default: defaults }: Features): readonly string[] {
  return [
    ...(names.length > 0 ? ['--features', names.join(',')] : []),
    ...(all ? ['--all-features'] : []),
    ...(defaults ? [] : ['--no-default-features']),
  ];
}

/** As entries of a dependency's table, which has no word for all features. */
export function dependencyFeatures({ names, all, default: defaults }: Features, crate: Crate): readonly string[] {
  const selected = all ? crate.features : names;
  return [
    ...(selected.length > 0 ? [`features = ${JSON.stringify(selected)}`] : []),
    ...(defaults ? [] : ['default-features = false']),
  ];
}

/** @throws Failure naming every feature that the crate does not have. */
export function requireFeatures({ names }: Features, crate: Crate): void {
  const problems = names
    .filter((name) => !crate.features.includes(name) && !name.includes('/'))
    .map((feature) => unknownFeature(feature, crate));
  if (problems.length > 0) throw new Failure(problems);
}

function unknownFeature(feature: string, crate: Crate): Diagnostic {
  const near = suggest(feature, crate.features);
  const features = crate.features.length === 0 ? 'it has no features' : `its features are ${crate.features.join(', ')}`;
  const message = featureUnknown({ crate: crate.package, feature, features });
  return error(message, near === undefined ? {} : { help: `did you mean \`${near}\`?` });
}
