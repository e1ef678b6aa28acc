// What a comparison found out: data only, the same that `--format json` prints. Times are in seconds a call.

export interface BenchReport {
  readonly title: string;
  readonly environment: Environment;
  readonly method: Method;
  /** The contender whose answer counts as right and whose time counts as 1. */
  readonly baseline: string;
  /** How much floats may differ from the baseline's, relative to their size: 0 unless the bench file says otherwise. */
  readonly tolerance: number;
  readonly inputs: readonly InputReport[];
}

export interface Environment {
  /** Such as `CPython 3.11.7`. */
  readonly python: string;
  /** The version of rustc, and how the module was built; absent when no crate was. */
  readonly rust?: { readonly version: string; readonly flags: readonly string[] };
  readonly cpu: string;
  readonly cores: number;
  /** Such as `linux x64`. */
  readonly platform: string;
}

/** How it was measured. */
export interface Method {
  /** Processes per contender and input, each with its own `PYTHONHASHSEED`. */
  readonly processes: number;
  /** Samples per process; fewer when they would take longer than `secondsPerProcess`. */
  readonly samples: number;
  /** A sample is as many calls as take at least so long. */
  readonly secondsPerSample: number;
  readonly secondsPerProcess: number;
  /** After so many seconds a contender's process is ended. */
  readonly timeout: number;
}

export interface InputReport {
  readonly name: string;
  /** The baseline's answer, shortened; absent when it gave none. */
  readonly answer?: string;
  /** The baseline changes its arguments, so every timed call got its own copy, made outside the time. */
  readonly changesArguments: boolean;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly contender: string;
  /** What the bench file says of it. */
  readonly note: string;
  /** Its answer has floats that differ from the baseline's, within the tolerance. */
  readonly tolerated: boolean;
  readonly result: Result;
}

export type Result =
  | Timed
  /** Another answer than the baseline's: not timed. */
  | {
      readonly kind: 'different';
      readonly difference: string;
      /** By no more than another order of the same operations makes of floats. */
      readonly onlyRounding: boolean;
    }
  /** The same exception as the baseline's: not timed. */
  | { readonly kind: 'raised'; readonly exception: string }
  /** Its process died. */
  | { readonly kind: 'died'; readonly reason: string }
  /** The baseline gave no answer to compare with. */
  | { readonly kind: 'unchecked' };

export interface Timed {
  readonly kind: 'timed';
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
  /** First and third quartile; their distance is the spread. */
  readonly quartiles: readonly [number, number];
  /** The spread is more than a tenth of the median: do not trust small differences. */
  readonly unstable: boolean;
  /** The baseline's median divided by this one; absent when the baseline has none. */
  readonly speedup?: number;
  /** The slowest first call of a process, which may compile or fill caches. */
  readonly first: number;
  /** All samples, in the order in which they were taken. */
  readonly samples: readonly number[];
}

/** The results of contenders that gave another answer or none. */
export function failedResults({ inputs }: BenchReport): readonly Result[] {
  const results = inputs.flatMap(({ rows }) => rows.map(({ result }) => result));
  return results.filter(({ kind }) => kind === 'different' || kind === 'died');
}
