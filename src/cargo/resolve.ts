/** Resolving a project's dependencies: the newest versions that the installed rustc compiles, downloaded for this machine. */

import { run, type RunResult } from '../system/process.ts';
import type { CargoMetadata, CargoPackage } from './metadata.ts';

export interface Resolve {
  readonly manifest: string;
  /** Configuration files and `rust-toolchain.toml` apply from there on upwards. */
  readonly cwd: string;
  /** Whether the project was resolved before: then a missing network is not waited for. */
  readonly again: boolean;
  /** What cargo is doing, such as `Downloading crates ...`. */
  readonly onStep: (step: string) => void;
}

export type Resolution =
  | { readonly kind: 'resolved'; readonly packages: readonly CargoPackage[] }
  /** Something is not downloaded yet, and the registry does not answer. */
  | { readonly kind: 'unreachable'; readonly stderr: string }
  | { readonly kind: 'unresolvable'; readonly stderr: string };

/** Writes the project's lock file anew. Without a network it is made of what was downloaded before. */
export async function resolveDependencies(options: Resolve): Promise<Resolution> {
  const online = await attempt(options, []);
  if (online.kind !== 'unreachable') return online;
  const offline = await attempt(options, ['--offline']);
  return offline.kind === 'resolved' ? offline : online;
}

async function attempt(options: Resolve, flags: readonly string[]): Promise<Resolution> {
  const locked = await cargo(options, ['generate-lockfile', ...flags]);
  if (locked.status !== 0) return failed(locked);
  const described = await cargo(options, [
    'metadata',
    ...['--format-version', '1'],
    ...['--filter-platform', 'host-tuple'],
    ...flags,
  ]);
  if (described.status !== 0) return failed(described);
  return { kind: 'resolved', packages: (JSON.parse(described.stdout) as CargoMetadata).packages };
}

function cargo({ manifest, cwd, again, onStep }: Resolve, args: readonly string[]): Promise<RunResult> {
  return run('cargo', [...args, '--manifest-path', manifest], {
    cwd,
    env: { CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS: 'fallback', ...(again && { CARGO_NET_RETRY: '0' }) },
    onStderrLine: (line) => {
      const step = /^\s*((?:Downloading|Updating|Blocking) .*)$/.exec(line)?.[1];
      if (step !== undefined) onStep(step);
    },
  });
}

function failed({ stderr }: RunResult): Resolution {
  return { kind: UNREACHABLE.test(stderr) ? 'unreachable' : 'unresolvable', stderr };
}

const UNREACHABLE =
  /spurious network error|failed to download|unable to update registry|you're using offline mode|--offline was specified/i;
