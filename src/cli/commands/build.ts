// ferrule build: an importable package from a plain crate.

import type { Command } from 'commander';
import { build } from '../../index.ts';
import { perform } from '../context.ts';
import { withExamples } from '../examples.ts';
import {
  addModuleOptions,
  type Format,
  formatOption,
  type ModuleFlags,
  moduleOptions,
  pythonOption,
} from '../options.ts';
import { printBuildResult } from '../build-result.ts';

export function addBuild(program: Command): void {
  const command = program
    .command('build')
    .summary('make an importable package from a crate or a single file')
    .description(
      'Builds a crate, or a single .rs file, as a Python module with docstrings, keyword arguments, exceptions and ' +
        'type stubs, and puts the package into a folder from which Python can import it.',
    )
    .argument('[crate-or-file]', 'the folder of a crate, or a single .rs file', '.')
    .option('--out <dir>', "the folder that receives the package (default: in the crate's target folder)")
    .addOption(
      pythonOption("the interpreter that the module is for (default: the active environment's, else python3)"),
    );
  addModuleOptions(command)
    .addOption(formatOption())
    .action((path: string, options: ModuleFlags & { out?: string; format: Format }) =>
      perform(command, options.format, async (terminal) => {
        const result = await build({
          path,
          ...(options.out !== undefined && { out: options.out }),
          ...moduleOptions(options),
          progress: terminal.progress,
        });
        const { python = 'python3', format } = options;
        printBuildResult(terminal, result, { path, python, installed: false, wrapped: false, format });
      }),
    );
  withExamples(command, [
    ['ferrule build', 'the crate of this folder'],
    ['ferrule build fast.rs --out .', 'a single file; then: python3 -c "import fast"'],
    ['ferrule build --python python3.13', 'for another interpreter'],
    ['ferrule build --features simd,unicode', 'with features of the crate'],
  ]);
}
