/** The crate's features that a module is built with. */

export interface Features {
  readonly names: readonly string[];
  readonly all: boolean;
  /** Whether the default ones are in. */
  readonly default: boolean;
}

export const DEFAULT_FEATURES: Features = { names: [], all: false, default: true };

/** As flags of cargo. */
export function featureFlags({ names, all, default: defaults }: Features): readonly string[] {
  return [
    ...(names.length > 0 ? ['--features', names.join(',')] : []),
    ...(all ? ['--all-features'] : []),
    ...(defaults ? [] : ['--no-default-features']),
  ];
}
