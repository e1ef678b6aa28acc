// What every command does around its work: make the terminal, and in JSON leave one document on stdout, also when it
// fails.

import type { Command } from 'commander';
import { findFailure } from '../diagnostics/failure.ts';
import { diagnosticToJson } from '../diagnostics/render.ts';
import { createTerminal, type Terminal } from '../terminal/terminal.ts';
import { type Format, globalOptions } from './options.ts';

/**
 * Runs a command's work; a failure is also printed as a JSON document when the user asked for JSON. What is thrown after it, because of what
 * was printed already, is only on stderr.
 */
export async function perform<T>(
  command: Command,
  format: Format,
  work: (terminal: Terminal) => Promise<T>,
): Promise<T> {
  const terminal = createTerminal(globalOptions(command));
  try {
    return await work(terminal);
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
