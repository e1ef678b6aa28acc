/** cargo's package ids, and the dependency that means exactly that package. */

import { fileURLToPath } from 'node:url';

/** A dependency as a manifest writes it, but for features. */
export type ExactDependency =
  | { readonly package: string; readonly version: string; readonly registry: string | undefined }
  | { readonly package: string; readonly path: string }
  | { readonly package: string; readonly git: string; readonly at: Readonly<Record<string, string>> };

const CRATES_IO = 'https://github.com/rust-lang/crates.io-index';

/**
 * @example exactDependency('registry+https://github.com/rust-lang/crates.io-index#uuid@1.10.0') // { package: 'uuid', version: '1.10.0', registry: undefined }
 */
export function exactDependency(id: string): ExactDependency | undefined {
  const match =
    /^(?<kind>registry|sparse|git|path)\+(?<url>[^#?]*)(?:\?(?<query>[^#]*))?#(?:(?<name>[^@]+)@)?(?<version>.+)$/.exec(
      id,
    );
  if (!match?.groups) return undefined;
  const { kind = '', url = '', query = '', name = url.split('/').at(-1) ?? '', version = '' } = match.groups;
  switch (kind) {
    case 'path':
      return { package: name, path: fileURLToPath(url) };
    case 'git':
      return { package: name, git: url, at: Object.fromEntries(new URLSearchParams(query)) };
    case 'sparse':
      return { package: name, version: `=${version}`, registry: `sparse+${url}` };
    default:
      return { package: name, version: `=${version}`, registry: url === CRATES_IO ? undefined : url };
  }
}
