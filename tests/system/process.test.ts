import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { CommandNotFound, run } from '../../src/system/process.ts';
import { temporaryFiles } from '../support/crates.ts';

const node = (code: string, options = {}) => run(process.execPath, ['-e', code], options);

test('output, status and input', async () => {
  const code = 'process.stdin.on("data", (d) => process.stdout.write(d)); console.error("é"); process.exitCode = 3';
  const result = await node(code, { input: 'in' });
  assert.deepEqual(result, { status: 3, signal: null, stdout: 'in', stderr: 'é\n', timedOut: false });
});

test('lines arrive whole, the last one too', async () => {
  const lines: string[] = [];
  await node('process.stdout.write("a\\r\\nb"); setTimeout(() => process.stdout.write("c\\n\\nd"), 50)', {
    onStdoutLine: (line: string) => lines.push(line),
  });
  assert.deepEqual(lines, ['a', 'bc', '', 'd']);
});

test('a missing command and a missing folder are told apart', async (t) => {
  await assert.rejects(run('no-such-command', []), (error) => {
    return error instanceof CommandNotFound && error.reason === 'missing' && error.command === 'no-such-command';
  });
  await assert.rejects(node('', { cwd: '/no/such/folder' }), (error) => !(error instanceof CommandNotFound));
  const folder = await temporaryFiles(t, { data: 'text' });
  await assert.rejects(run(join(folder, 'data'), []), { reason: 'not executable' });
});

test('a variable can be set and removed', async () => {
  const env = { GIVEN: 'yes', HOME: undefined };
  const { stdout } = await node('console.log(process.env.GIVEN, process.env.HOME)', { env });
  assert.equal(stdout, 'yes undefined\n');
});

test('a timeout ends the child and says so', async () => {
  const result = await node('setInterval(() => {}, 1000)', { timeoutMs: 100 });
  assert.equal(result.timedOut, true);
  assert.equal(result.status, null);
});

test('an aborted run throws the reason', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('enough')), 50);
  await assert.rejects(node('setInterval(() => {}, 1000)', { signal: controller.signal }), /enough/);
});

test('when we are interrupted, grandchildren end too', { skip: process.platform === 'win32' }, async () => {
  const sleeper = 'console.log(process.pid); setInterval(() => {}, 1000)';
  const middle = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(sleeper)}], { stdio: "inherit" })`;
  const module = new URL('../../src/system/process.js', import.meta.url).href;
  const code = `const { run } = await import(${JSON.stringify(module)});
    await run(process.execPath, ["-e", ${JSON.stringify(middle)}], { onStdoutLine: (line) => console.log(line) });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [printed] = (await once(child.stdout, 'data')) as [Buffer];
  const grandchild = Number(printed.toString());
  child.kill('SIGINT');
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  assert.equal(signal, 'SIGINT');
  await ended(grandchild);
});

async function ended(pid: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`process ${pid} still runs`);
}
