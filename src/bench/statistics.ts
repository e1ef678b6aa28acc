// Medians and quartiles: times of calls have a floor and a long tail, so a mean and its deviation would describe the noise.

import type { Timed } from './report.ts';

/** A spread beyond this share of the median is reported as unstable, as pyperf does. */
const mostSpread = 0.1;

export interface Samples {
  readonly first: number;
  readonly samples: readonly number[];
}

/** Puts the samples of all processes together. */
export function summarise(processes: readonly Samples[]): Timed {
  const samples = processes.flatMap((process) => process.samples);
  const sorted = [...samples].sort((a, b) => a - b);
  const median = quantile(sorted, 0.5);
  const quartiles = [quantile(sorted, 0.25), quantile(sorted, 0.75)] as const;
  return {
    kind: 'timed',
    median,
    minimum: quantile(sorted, 0),
    maximum: quantile(sorted, 1),
    quartiles,
    unstable: quartiles[1] - quartiles[0] > mostSpread * median,
    first: Math.max(...processes.map((process) => process.first)),
    samples,
  };
}

/** The value below which a share of the sorted values lies, interpolated between neighbours. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError('a quantile of no values');
  return below + (above - below) * (position - Math.floor(position));
}
