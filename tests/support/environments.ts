// A virtual environment for each interpreter with the packages of tests/requirements.txt, under target/environments.
// One pinned pip fills them all: pips that interpreters bring are too old for the newest interpreters, those of
// Debian bring none, and pip 25.3 is the last that knows CPython 3.9.

import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../src/system/process.ts';
import { anyPython, type Python } from './pythons.ts';
import { root } from './root.ts';

const pip = 'pip==25.3';
const requirements = join(root, 'tests', 'requirements.txt');
const environments = join(root, 'target', 'environments');

/** The interpreter of a version's environment; it exists once `npm test` has set up. */
export function environmentPython(python: Python): string {
  return join(environments, python.name, 'bin', 'python');
}

/** Whether the environment could be filled; tests that need its packages skip when it was not. */
export function hasEnvironment(python: Python): boolean {
  return existsSync(join(environments, python.name, '.ready'));
}

/** Makes the environment, unless it is there and up to date. */
export async function prepareEnvironment(python: Python): Promise<void> {
  const folder = join(environments, python.name);
  const wanted = `${python.executable}\n${await readFile(requirements, 'utf8')}`;
  if (await isReady(folder, wanted)) return;
  await rm(folder, { recursive: true, force: true });
  await succeed(python.executable, ['-m', 'venv', '--without-pip', folder]);
  await succeed(await installer(), [
    '-m',
    'pip',
    '--python',
    environmentPython(python),
    ...install,
    '-r',
    requirements,
  ]);
  await writeFile(join(folder, '.ready'), wanted);
}

const install = ['install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:'];

async function installer(): Promise<string> {
  const folder = join(environments, 'installer');
  const executable = join(folder, 'bin', 'python');
  if (await isReady(folder, pip)) return executable;
  await rm(folder, { recursive: true, force: true });
  await succeed(anyPython().executable, ['-m', 'venv', folder]);
  await succeed(executable, ['-m', 'pip', ...install, pip]);
  await writeFile(join(folder, '.ready'), pip);
  return executable;
}

async function isReady(folder: string, wanted: string): Promise<boolean> {
  const stamp = join(folder, '.ready');
  return existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted;
}

async function succeed(command: string, args: readonly string[]): Promise<void> {
  const { status, stderr } = await run(command, args);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stderr}`);
}
