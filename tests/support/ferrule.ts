// Runs the tool as users run it: the built program in a process of its own.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { run, type RunOptions, type RunResult } from '../../src/system/process.ts';
import { root } from './root.ts';

export const program = join(root, 'dist', 'cli', 'bin.js');

/** Without colours, whatever the terminal of the tests is. */
export async function ferrule(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const env = { NO_COLOR: '1', FORCE_COLOR: undefined, ...options.env };
  return run(process.execPath, [program, ...args], { ...options, env });
}

/** Runs a command that has to succeed and returns what it printed. */
export async function ferruleSucceeds(args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await ferrule(args, options);
  assert.equal(status, 0, `ferrule ${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** The codes of the errors that a run reported, in order. */
export function errorCodes(stderr: string): readonly string[] {
  return [...stderr.matchAll(/^error\[([^\]]+)\]/gm)].map((match) => match[1] ?? '');
}
