// ferrule develop: the edit loop; the module is importable in the active environment.

import type { Command } from 'commander';
import { develop } from '../../index.ts';
import { printBuildResult } from '../build-result.ts';
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

export function addDevelop(program: Command): void {
  const command = program
    .command('develop')
    .summary('make a crate importable in the active environment')
    .description(
      'Builds a crate, or a single .rs file, and makes it importable in the active virtual environment. Run it again ' +
        "after an edit. To remove it, delete the folder with the module's name in that environment's site-packages.",
    )
    .argument('[crate-or-file]', 'the folder of a crate, or a single .rs file', '.')
    .addOption(pythonOption('the interpreter of the environment (default: that of the active one)'));
  addModuleOptions(command)
    .addOption(formatOption())
    .action((path: string, options: ModuleFlags & { format: Format }) =>
      perform(command, options.format, async (terminal) => {
        const result = await develop({ path, ...moduleOptions(options), progress: terminal.progress });
        const { python = 'python', format } = options;
        printBuildResult(terminal, result, { path, python, installed: true, wrapped: false, format });
      }),
    );
  withExamples(command, [
    ['ferrule develop', 'the crate of this folder'],
    ['ferrule develop --python .venv/bin/python', 'in an environment that is not active'],
  ]);
}
