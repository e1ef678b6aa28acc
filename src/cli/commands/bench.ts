// ferrule bench: does Rust give the same answers, and how much faster?

import type { Command } from 'commander';
import { bench, renderBenchReport } from '../../index.ts';
import { perform, printJson } from '../context.ts';
import { withExamples } from '../examples.ts';
import { type Format, formatOption, pythonOption } from '../options.ts';

export function addBench(program: Command): void {
  const command = program
    .command('bench')
    .summary('compare answers and speed with the Python original')
    .description(
      'Builds the crate beside a bench.py, checks that all contenders give the same answer, then times each of them in ' +
        'processes of its own. A contender with another answer is shown as wrong and is not timed.',
    )
    .argument('[dir-or-file]', 'a folder with a bench.py, or a bench file', '.')
    .addOption(pythonOption('the interpreter that runs the comparison (default: python3)'))
    .addOption(formatOption())
    .action((path: string, options: { python?: string; format: Format }) =>
      perform(command, options.format, async (terminal) => {
        const report = await bench({
          path,
          ...(options.python !== undefined && { python: options.python }),
          progress: terminal.progress,
        });
        if (options.format === 'json') printJson(terminal, report);
        else terminal.out.write(renderBenchReport(report, terminal.out.style));
      }),
    );
  withExamples(command, [
    ['ferrule bench', 'the bench.py of this folder'],
    ['ferrule bench --python python3.13', 'with another interpreter'],
    ['ferrule bench --format json > bench.json', 'the samples as well, for a program'],
  ]);
}
