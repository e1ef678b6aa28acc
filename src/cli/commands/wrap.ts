// ferrule wrap: an importable package from a crate of the registry.

import type { Command } from 'commander';
import { wrap } from '../../index.ts';
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

export function addWrap(program: Command): void {
  const command = program
    .command('wrap')
    .summary('make an importable package from a crate of the registry')
    .description(
      'Builds a crate of the registry, unchanged, as a Python module, as `ferrule build` does a crate of your own. The newest ' +
        'version that the installed rustc compiles is taken, of the crate and of what it depends on. Everything is made in ' +
        '$XDG_CACHE_HOME/ferrule/wrap (default: ~/.cache/ferrule/wrap), where the next time finds it; that folder can be ' +
        'deleted at any time.',
    )
    .argument('<crate>', "the crate's name, with @VERSION if need be: semver, semver@1.0, semver@=1.0.20")
    .option('--out <dir>', 'the folder that receives the package (default: in the cache)')
    .addOption(
      pythonOption("the interpreter that the module is for (default: the active environment's, else python3)"),
    );
  addModuleOptions(command)
    .addOption(formatOption())
    .action((crate: string, options: ModuleFlags & { out?: string; format: Format }) =>
      perform(command, options.format, async (terminal) => {
        const result = await wrap({
          crate,
          ...(options.out !== undefined && { out: options.out }),
          ...moduleOptions(options),
          progress: terminal.progress,
        });
        const { python = 'python3', format } = options;
        printBuildResult(terminal, result, { path: crate, python, installed: false, wrapped: true, format });
      }),
    );
  withExamples(command, [
    ['ferrule wrap semver --out .', 'the newest version; then: python3 -c "import semver"'],
    ['ferrule wrap semver@1.0 --out lib', 'one that is compatible with 1.0'],
    ['ferrule wrap chrono --features serde', 'with features of the crate'],
    ['ferrule wrap base64 --name rust_base64', 'under another name'],
  ]);
}
