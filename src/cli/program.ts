// The commands and options. Everything is declared here and in commands/; help, docs/cli.md and parsing follow from it.

import { Command, Option } from 'commander';
import { addBench } from './commands/bench.ts';
import { addBuild } from './commands/build.ts';
import { addCheck } from './commands/check.ts';
import { addDevelop } from './commands/develop.ts';
import { addWrap } from './commands/wrap.ts';
import { withExamples } from './examples.ts';
import { exitCodesHelp } from './exit.ts';
import { ownVersion } from './version.ts';

export function createProgram(): Command {
  const program = new Command('ferrule')
    .description('Turns a plain Rust crate, or a single .rs file, into a fast, typed Python module.')
    .version(ownVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .option('--quiet', 'no progress on stderr, only warnings and errors')
    .addOption(
      new Option('--color <when>', 'colours; NO_COLOR and FORCE_COLOR are respected in auto')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .configureHelp({ showGlobalOptions: true })
    // Usage errors are thrown and shown like every other error.
    .configureOutput({ outputError: () => {} })
    .exitOverride();
  withExamples(program, [
    ['ferrule check .', 'what of this crate Python will see, and what not and why'],
    ['ferrule build fast.rs', 'an importable package from a single file'],
    ['ferrule wrap semver', 'an importable package from a crate of the registry'],
    ['ferrule develop', 'make this crate importable in the active environment'],
  ]);
  program.addHelpText('after', `\n${exitCodesHelp}`);
  for (const add of [addCheck, addBuild, addDevelop, addWrap, addBench]) add(program);
  return program;
}
