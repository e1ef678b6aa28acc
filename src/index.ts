/** Ferrule as a library. */

export { bench, type BenchOptions } from './bench/bench.ts';
export { type BenchReport, failedResults } from './bench/report.ts';
export { renderBenchReport } from './bench/table.ts';
export {
  type BuildOptions,
  type BuildResult,
  build,
  check,
  type CheckOptions,
  develop,
  wrap,
  type WrapOptions,
} from './build/module.ts';
export type { Features } from './project/features.ts';
export type { Diagnostic, Location, Severity } from './diagnostics/diagnostic.ts';
export { Failure } from './diagnostics/failure.ts';
export type { CheckedItem, CheckReport } from './hosts/check.ts';
