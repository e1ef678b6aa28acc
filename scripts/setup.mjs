// What both `npm start` and `npm test` do first: check the tools, install packages, compile. Plain node, because on a
// fresh checkout there is nothing else yet.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
export const typescriptTests = join(root, 'target', 'typescript');

/** Ends the script with a sentence instead of a stack. */
export class SetupError extends Error {}

/** Runs a script's main function; a SetupError and a failure of a step end it with exit code 1. */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\nerror: ${error.message}`);
    process.exitCode = 1;
  }
}

export function requireTools() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(`node ${process.versions.node} is too old; Ferrule needs node 20.19 or newer`);
  }
  requireTool('cargo', ['--version'], 'install Rust from your distribution or with rustup');
  requireTool('python3', ['--version'], 'install Python 3.9 or newer');
}

function requireTool(command, args, help) {
  const { error, status } = spawnSync(command, args, { stdio: 'ignore' });
  if (error !== undefined || status !== 0) throw new SetupError(`there is no working \`${command}\` on PATH; ${help}`);
}

/** Installs the packages that package-lock.json names, unless they are there. */
export async function installPackages() {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  await step('installing packages', npm, ['ci', '--no-progress', '--loglevel=error']);
}

/** Compiles src/ to dist/. */
export async function buildProgram() {
  await step('compiling Ferrule', npm, ['run', '--silent', 'build']);
}

/** Compiles src/ and tests/ to target/typescript/, without what earlier tests left there. */
export async function buildTests() {
  await rm(typescriptTests, { recursive: true, force: true });
  await step('compiling the tests', process.execPath, [tsc, '-p', 'tsconfig.json']);
}

const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** A quiet piece of work: one line with its time; what it wrote is shown only when it fails. */
export async function step(label, command, args) {
  const started = performance.now();
  process.stderr.write(`${label} ...`);
  const { status, output } = await capture(command, args);
  process.stderr.write(status === 0 ? ` ${seconds(started)}\n` : ' failed\n');
  if (status !== 0) throw new SetupError(`${label} failed:\n\n${output.trim()}`);
}

/** Runs a command whose output the developer watches; true when it succeeded. */
export async function show(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: root,
    ...options,
    env: { ...process.env, ...options.env },
    stdio: 'inherit',
  });
  return (await ended(child)) === 0;
}

async function capture(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return { status: await ended(child), output };
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new SetupError(error.message)));
    child.on('close', (status) => resolve(status));
  });
}

export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
