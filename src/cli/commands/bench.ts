// ferrule bench: does Rust give the same answers, and how much faster?

import type { Command } from 'commander';
import { benchContendersFailed } from '../../diagnostics/catalogue.ts';
import { failure } from '../../diagnostics/failure.ts';
import { bench, type BenchReport, failedResults, renderBenchReport } from '../../index.ts';
import { perform, printJson } from '../context.ts';
import { withExamples } from '../examples.ts';
import { type Format, formatOption, pythonOption } from '../options.ts';

export function addBench(program: Command): void {
  const command = program
    .command('bench')
    .summary('compare answers and speed with the Python original')
    .description(
      'Builds the crate in the folder of a bench.py, or the single .rs files that are imported there, checks that all ' +
        'contenders give the same answer, then times each of them in processes of its own. A contender with another ' +
        'answer is shown as wrong and is not timed; when there is one, or one whose process died, the exit code is 1.',
    )
    .argument('[dir-or-file]', 'a folder with a bench.py, or a bench file', '.')
    .addOption(pythonOption('the interpreter that runs the comparison (default: python3)'))
    .addOption(formatOption())
    .action(async (path: string, options: { python?: string; format: Format }) => {
      const report = await perform(command, options.format, async (terminal) => {
        const compared = await bench({
          path,
          ...(options.python !== undefined && { python: options.python }),
          progress: terminal.progress,
        });
        if (options.format === 'json') printJson(terminal, compared);
        else terminal.out.write(renderBenchReport(compared, terminal.out.style));
        return compared;
      });
      refuseFailures(report);
    });
  withExamples(command, [
    ['ferrule bench', 'the bench.py of this folder'],
    ['ferrule bench --python python3.13', 'with another interpreter'],
    ['ferrule bench --format json > bench.json', 'the samples as well, for a program'],
  ]);
}

function refuseFailures(report: BenchReport): void {
  const count = failedResults(report).length;
  const total = report.inputs.reduce((sum, { rows }) => sum + rows.length, 0);
  if (count > 0) throw failure(benchContendersFailed({ count, total }));
}
