/** Bounds of `Read`, `Write` and their kin as a stream. */

import type { RustdocBound, RustdocType } from '../rustdoc/format.ts';
import type { BoundsSource } from './callbacks.ts';
import type { Value } from './types.ts';

type DynTrait = NonNullable<Exclude<RustdocType, 'infer'>['dyn_trait']>;

/** The stream that these bounds ask for; undefined when they ask for something else, or for more. */
export function streamValue(bounds: readonly RustdocBound[], { definitionOf }: BoundsSource): Value | undefined {
  const traits = bounds.flatMap(({ trait_bound: bound }) => (bound ? [definitionOf(bound.trait) ?? ''] : []));
  const asked = traits.filter((trait) => !BESIDE.has(trait));
  if (asked.length === 0 || !asked.every((trait) => STREAMS.has(trait))) return undefined;
  const isText = asked.includes('core::fmt::Write');
  return {
    kind: 'stream',
    reads: asked.includes('std::io::Read') || asked.includes('std::io::BufRead'),
    writes: isText || asked.includes('std::io::Write'),
    isText,
  };
}

/** The stream behind `&mut dyn Read` or `Box<dyn Write>`. */
export function dynStream({ traits }: DynTrait, source: BoundsSource): Value | undefined {
  return streamValue(
    traits.map(({ trait }) => ({ trait_bound: { trait } })),
    source,
  );
}

const STREAMS: ReadonlySet<string> = new Set([
  'std::io::Read',
  'std::io::BufRead',
  'std::io::Write',
  'std::io::Seek',
  'core::fmt::Write',
]);

/** What every stream is. */
const BESIDE: ReadonlySet<string> = new Set([
  'core::marker::Sized',
  'core::marker::Unpin',
  'core::clone::Clone',
  'core::fmt::Debug',
]);
