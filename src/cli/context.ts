// What every command does around its work: make the terminal, and in JSON leave one document on stdout, also when it
// fails.

import type { Command } from 'commander';
import { findFailure } from '../diagnostics/failure.ts';
import { diagnosticToJson } from '../diagnostics/render.ts';
import { createTerminal, type Terminal } from '../terminal/terminal.ts';
import { type Format, globalOptions } from './options.ts';

/** Runs a command's work; a failure is also printed as a JSON document when the user asked for JSON. */
export async function perform(
  command: Command,
  format: Format,
  work: (terminal: Terminal) => Promise<void>,
): Promise<void> {
  const terminal = createTerminal(globalOptions(command));
  try {
    await work(terminal);
  } catch (thrown) {
    const failure = format === 'json' ? findFailure(thrown) : undefined;
    if (failure !== undefined) {
      const diagnostics = failure.diagnostics.map((diagnostic) => diagnosticToJson(diagnostic, process.cwd()));
      printJson(terminal, { diagnostics });
    }
    throw thrown;
  }
}

export function printJson(terminal: Terminal, document: unknown): void {
  terminal.out.write(`${JSON.stringify(document, undefined, 2)}\n`);
}
