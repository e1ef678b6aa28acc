// The command line itself: help, version, mistakes. Runs the built program.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../src/system/process.ts';
import { errorCodes, ferrule, ferruleSucceeds, program } from '../support/ferrule.ts';
import { root } from '../support/root.ts';

async function usageError(...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await ferrule(args);
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.deepEqual(errorCodes(stderr), ['usage']);
  return stderr;
}

test('an unknown option is one error that names the nearest option', async () => {
  assert.equal(
    await usageError('check', '--stict'),
    "error[usage]: unknown option '--stict'\n  = help: did you mean --strict?\n",
  );
});

test('an unknown command is one error that names the nearest command', async () => {
  assert.equal(await usageError('biuld'), "error[usage]: unknown command 'biuld'\n  = help: did you mean build?\n");
});

test('where nothing is near, the help points to --help', async () => {
  assert.match(await usageError('build', '--xyzzy'), /= help: run `ferrule build --help` for what it takes\n$/);
  assert.match(await usageError('xyzzy'), /= help: run `ferrule --help` for what it takes\n$/);
});

test('a wrong or missing value and too many arguments are usage errors', async () => {
  assert.match(await usageError('check', '--format', 'xml'), /'xml' is invalid.*text, json/);
  assert.match(await usageError('build', '--out'), /--out <dir>.*argument missing/);
  assert.match(await usageError('check', 'one', 'two'), /too many arguments/);
});

test('without a command the help is shown and the exit code says that something was missing', async () => {
  const { status, stdout, stderr } = await ferrule([]);
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^Usage: ferrule /);
});

test('help goes to stdout, has examples and the exit codes', async () => {
  const help = await ferruleSucceeds(['--help']);
  assert.match(help, /\nExamples:\n {2}ferrule check \./);
  assert.match(help, /\nExit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}70 /);
  for (const command of ['check', 'build', 'develop', 'wrap', 'bench']) {
    const text = await ferruleSucceeds([command, '--help']);
    assert.match(text, /\nExamples:\n {2}ferrule /, command);
    assert.match(text, /--quiet/, `${command} shows the global options`);
  }
});

test('-h is --help, everywhere', async () => {
  for (const command of [[], ['check'], ['build'], ['develop'], ['bench']]) {
    assert.equal(await ferruleSucceeds([...command, '-h']), await ferruleSucceeds([...command, '--help']));
  }
});

test('the version is that of package.json', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  assert.equal(await ferruleSucceeds(['--version']), `${version}\n`);
});

test('docs/cli.md is what the program says', async () => {
  const { status, stderr } = await run(process.execPath, [join(root, 'scripts', 'cli-docs.mjs'), '--check']);
  assert.equal(status, 0, stderr);
});

test('colour follows the option, NO_COLOR and FORCE_COLOR', async () => {
  const coloured = async (args: readonly string[], env: Record<string, string | undefined>) =>
    (await ferrule(['xyzzy', ...args], { env })).stderr.includes('\u001B[');
  assert.equal(await coloured([], { NO_COLOR: undefined, FORCE_COLOR: '1' }), true);
  assert.equal(await coloured([], { NO_COLOR: '1', FORCE_COLOR: '1' }), false);
  assert.equal(await coloured(['--color', 'always'], { NO_COLOR: '1' }), true);
  assert.equal(await coloured(['--color=never'], { NO_COLOR: undefined, FORCE_COLOR: '1' }), false);
});

test('a reader that stops early is no error', async () => {
  const child = spawn(process.execPath, [program, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const errors: Buffer[] = [];
  child.stderr.on('data', (data: Buffer) => errors.push(data));
  const [status] = (await once(child, 'close')) as [number | null];
  assert.equal(Buffer.concat(errors).toString(), '');
  assert.equal(status, 0);
});
