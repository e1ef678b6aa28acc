// Child processes, without a shell. Every child leads its own process group (where the system has them), so that
// stopping `cargo` also stops the `rustc`s below it: when we are interrupted, time out or exit, no work goes on.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

export interface RunOptions {
  readonly cwd?: string;
  /** Added to our own environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to the child's standard input, which is empty otherwise. */
  readonly input?: string | Uint8Array;
  /** Called with each complete line, without its line end, as it arrives. */
  readonly onStdoutLine?: (line: string) => void;
  readonly onStderrLine?: (line: string) => void;
  /** Stops the child; `run` then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Stops the child after so many milliseconds; the result then has `timedOut`. */
  readonly timeoutMs?: number;
}

export interface RunResult {
  /** The exit status; null when a signal ended the child. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** The executable does not exist, is not on PATH, or may not be run. */
export class CommandNotFound extends Error {
  readonly command: string;
  readonly reason: 'missing' | 'not executable';

  constructor(command: string, reason: 'missing' | 'not executable') {
    super(reason === 'missing' ? `command not found: ${command}` : `cannot be executed: ${command}`);
    this.name = 'CommandNotFound';
    this.command = command;
    this.reason = reason;
  }
}

/**
 * Runs a command to its end and returns what it wrote. A non-zero status is a result, not an exception.
 *
 * @throws CommandNotFound when the executable cannot be started.
 */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  options.signal?.throwIfAborted();
  const child = start(command, args, options);
  const stdout = collect(child.stdout, options.onStdoutLine);
  const stderr = collect(child.stderr, options.onStderrLine);
  const ended = once(child, 'close');
  children.watch(child);

  // A child that exits without reading its input closes the pipe under us, which is no failure of ours.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input);

  let timedOut = false;
  const onTimeout = () => {
    timedOut = true;
    stop(child, 'SIGKILL');
  };
  const timer = options.timeoutMs === undefined ? undefined : setTimeout(onTimeout, options.timeoutMs);
  const onAbort = () => stop(child, 'SIGTERM');
  options.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const [status, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    options.signal?.throwIfAborted();
    return { status, signal, stdout: stdout.end(), stderr: stderr.end(), timedOut };
  } catch (error) {
    throw startFailure(error, command, options.cwd);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
    children.forget(child);
  }
}

const hasProcessGroups = process.platform !== 'win32';

function start(command: string, args: readonly string[], options: RunOptions) {
  try {
    return spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: hasProcessGroups,
      windowsHide: true,
    });
  } catch (error) {
    throw startFailure(error, command, options.cwd);
  }
}

function startFailure(error: unknown, command: string, cwd: string | undefined): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  // A missing working directory is reported by the system as if the executable were missing.
  if (code === 'ENOENT') return cwd === undefined || existsSync(cwd) ? new CommandNotFound(command, 'missing') : error;
  if (code === 'EACCES') return new CommandNotFound(command, 'not executable');
  return error;
}

function collect(stream: NodeJS.ReadableStream, onLine: ((line: string) => void) | undefined): { end: () => string } {
  const decoder = new StringDecoder('utf8');
  const chunks: string[] = [];
  let pending = '';
  const take = (text: string) => {
    chunks.push(text);
    if (onLine === undefined) return;
    const lines = (pending + text).split(/\r?\n/);
    pending = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
  stream.on('data', (data: Buffer) => take(decoder.write(data)));
  stream.on('end', () => {
    take(decoder.end());
    if (pending !== '') onLine?.(pending);
  });
  return { end: () => chunks.join('') };
}

function stop(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (hasProcessGroups) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** The children that run now. Signal handlers exist only while there are any, so an idle program ends as usual. */
const children = new (class {
  readonly #running = new Set<ChildProcess>();

  watch(child: ChildProcess): void {
    if (this.#running.size === 0) {
      for (const signal of interruptions) process.on(signal, this.#onInterruption);
      process.on('exit', this.#stopAll);
    }
    this.#running.add(child);
  }

  forget(child: ChildProcess): void {
    if (!this.#running.delete(child) || this.#running.size > 0) return;
    for (const signal of interruptions) process.off(signal, this.#onInterruption);
    process.off('exit', this.#stopAll);
  }

  readonly #stopAll = (): void => {
    for (const child of this.#running) stop(child, 'SIGTERM');
  };

  readonly #onInterruption = (signal: NodeJS.Signals): void => {
    for (const child of this.#running) {
      stop(child, 'SIGTERM');
      this.forget(child);
    }
    // With our handlers gone the signal ends us the way our parent expects.
    process.kill(process.pid, signal);
  };
})();

const interruptions = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
