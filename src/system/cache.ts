/** Where a user's machine keeps what can be made again. */

import { homedir } from 'node:os';
import { join } from 'node:path';

/** `$XDG_CACHE_HOME/ferrule`, by default `~/.cache/ferrule`; on Windows below LOCALAPPDATA. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (xdg) return join(xdg, 'ferrule');
  return process.platform === 'win32' && local ? join(local, 'ferrule', 'cache') : join(homedir(), '.cache', 'ferrule');
}
