// Runs the program and turns whatever ends it into an exit code and one clear account on stderr.

import { CommanderError } from 'commander';
import { bug, usage } from '../diagnostics/catalogue.ts';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { findFailure } from '../diagnostics/failure.ts';
import { readSource, renderDiagnostics } from '../diagnostics/render.ts';
import { createTerminal, ignoreClosedPipes, type Terminal } from '../terminal/terminal.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { globalOptions } from './options.ts';
import { createProgram } from './program.ts';

export async function main(args: readonly string[]): Promise<ExitCode> {
  ignoreClosedPipes();
  const program = createProgram();
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCodes.success;
  } catch (thrown) {
    return account(thrown, createTerminal(globalOptions(program)), args);
  }
}

function account(thrown: unknown, terminal: Terminal, args: readonly string[]): ExitCode {
  if (thrown instanceof CommanderError) return accountUsage(thrown, terminal, args);
  const failure = findFailure(thrown);
  print(failure?.diagnostics ?? [describeBug(thrown)], terminal);
  return failure === undefined ? exitCodes.bug : exitCodes.failure;
}

function accountUsage(thrown: CommanderError, terminal: Terminal, args: readonly string[]): ExitCode {
  // Asked for by --help and --version: printed, and no error.
  if (thrown.exitCode === 0) return exitCodes.success;
  // Help that nobody asked for, because there was no command: printed as well.
  if (thrown.code === 'commander.help') return exitCodes.usage;
  const [sentence = '', suggestion] = thrown.message.replace(/^error: /, '').split('\n');
  const message = usage({ problem: sentence, command: ['ferrule', ...commandOf(args)].join(' ') });
  print([error(message, suggestion === undefined ? {} : { help: asHelp(suggestion) })], terminal);
  return exitCodes.usage;
}

/** The command that was meant, if the line has one. */
function commandOf(args: readonly string[]): readonly string[] {
  const { commands } = createProgram();
  return args.filter((arg) => commands.some((command) => command.name() === arg)).slice(0, 1);
}

/** `(Did you mean --strict?)` as a help line. */
function asHelp(suggestion: string): string {
  return suggestion.replace(/^\(Did you mean (.+)\?\)$/, 'did you mean $1?');
}

function describeBug(thrown: unknown): Diagnostic {
  const { message, stack } = thrown instanceof Error ? thrown : new Error(String(thrown));
  return error(bug({ message }), { notes: stack === undefined ? [] : [stack] });
}

function print(diagnostics: readonly Diagnostic[], { err }: Terminal): void {
  err.write(renderDiagnostics(diagnostics, { style: err.style, cwd: process.cwd(), source: readSource }));
}
