// Under which conditions it was measured: without them a figure means nothing.

import { cpus } from 'node:os';
import { run } from '../system/process.ts';
import type { Environment } from './report.ts';

/** `built` says that a module was built for this comparison. */
export async function describeEnvironment(python: string, built: boolean): Promise<Environment> {
  const processors = cpus();
  return {
    python,
    ...(built && { rust: { version: await rustVersion(), flags: buildFlags() } }),
    cpu: processors[0]?.model.trim() ?? 'unknown processor',
    cores: processors.length,
    platform: `${process.platform} ${process.arch}`,
  };
}

async function rustVersion(): Promise<string> {
  const { stdout } = await run('rustc', ['--version']);
  return stdout.split(' ')[1] ?? stdout.trim();
}

/** How every module is built, and what the user's environment adds. */
function buildFlags(): string[] {
  const own = process.env['RUSTFLAGS'];
  return ['release', 'overflow checks on', ...(own === undefined || own === '' ? [] : [`RUSTFLAGS=${own}`])];
}
