/**
 * The part of rustdoc's JSON that Ferrule reads, as `rustdoc-json-types` defines it.
 * Format versions differ in small ways; this module is the only place that knows them.
 */

/** Format versions that were read and tested. Rust 1.95 and 1.97 write 57. */
export const ACCEPTED_FORMATS: readonly number[] = [57];

export type Id = number;

export interface RustdocCrate {
  readonly format_version: number;
  readonly root: Id;
  readonly crate_version: string | null;
  readonly index: Readonly<Record<string, RustdocItem>>;
  readonly paths: Readonly<Record<string, RustdocSummary>>;
  readonly external_crates: Readonly<Record<string, RustdocExternalCrate>>;
}

export interface RustdocExternalCrate {
  readonly name: string;
  /** What the compiler read of it. */
  readonly path: string;
}

/** Where an item is defined, also for items of other crates. */
export interface RustdocSummary {
  readonly crate_id: number;
  readonly path: readonly string[];
  readonly kind: string;
}

export interface RustdocSpan {
  readonly filename: string;
  /** [line, column], both from 1. */
  readonly begin: readonly [number, number];
  readonly end: readonly [number, number];
}

export interface RustdocItem {
  readonly id: Id;
  readonly crate_id: number;
  readonly name: string | null;
  readonly span: RustdocSpan | null;
  readonly visibility: unknown;
  readonly docs: string | null;
  readonly attrs: readonly unknown[];
  readonly deprecation: { readonly since: string | null; readonly note: string | null } | null;
  readonly inner: RustdocInner;
}

/** Exactly one key is present: the item's kind. */
export interface RustdocInner {
  readonly module?: { readonly items: readonly Id[] };
  readonly use?: {
    readonly source: string;
    readonly name: string;
    readonly id: Id | null;
    readonly is_glob: boolean;
  };
  readonly function?: RustdocFunction;
  readonly struct?: {
    readonly kind: RustdocStructKind;
    readonly generics: RustdocGenerics;
    readonly impls: readonly Id[];
  };
  readonly enum?: {
    readonly generics: RustdocGenerics;
    readonly has_stripped_variants: boolean;
    readonly variants: readonly Id[];
    readonly impls: readonly Id[];
  };
  readonly union?: { readonly generics: RustdocGenerics; readonly impls: readonly Id[] };
  readonly variant?: {
    readonly kind: RustdocVariantKind;
    /** Only when it is written in the source. */
    readonly discriminant: { readonly value: string } | null;
  };
  readonly struct_field?: RustdocType;
  readonly trait?: {
    readonly generics: RustdocGenerics;
    readonly items: readonly Id[];
    readonly implementations: readonly Id[];
  };
  readonly trait_alias?: unknown;
  readonly impl?: RustdocImpl;
  readonly type_alias?: { readonly type: RustdocType; readonly generics: RustdocGenerics };
  readonly constant?: { readonly type: RustdocType };
  readonly static?: { readonly type: RustdocType; readonly is_mutable: boolean; readonly is_unsafe: boolean };
  readonly macro?: unknown;
  readonly proc_macro?: unknown;
  readonly extern_crate?: { readonly name: string; readonly rename: string | null };
  readonly extern_type?: unknown;
  readonly primitive?: unknown;
  readonly assoc_const?: { readonly type: RustdocType };
  readonly assoc_type?: { readonly type: RustdocType | null };
}

export interface RustdocImpl {
  readonly generics: RustdocGenerics;
  readonly trait: RustdocPath | null;
  /** Names of methods that it leaves to the trait. */
  readonly provided_trait_methods: readonly string[];
  readonly for: RustdocType;
  readonly is_negative: boolean;
  /** An auto trait's. */
  readonly is_synthetic: boolean;
  readonly blanket_impl: RustdocType | null;
  readonly items: readonly Id[];
}

export type RustdocStructKind =
  | 'unit'
  | { readonly tuple: readonly (Id | null)[] }
  | { readonly plain: { readonly fields: readonly Id[]; readonly has_stripped_fields: boolean } };

export type RustdocVariantKind =
  | 'plain'
  | { readonly tuple: readonly (Id | null)[] }
  | { readonly struct: { readonly fields: readonly Id[]; readonly has_stripped_fields: boolean } };

export interface RustdocFunction {
  readonly sig: {
    readonly inputs: readonly (readonly [string, RustdocType])[];
    readonly output: RustdocType | null;
    readonly is_c_variadic: boolean;
  };
  readonly generics: RustdocGenerics;
  readonly header: {
    readonly is_unsafe: boolean;
    readonly is_async: boolean;
    readonly abi: string | Readonly<Record<string, unknown>>;
  };
}

export interface RustdocGenerics {
  readonly params: readonly {
    readonly name: string;
    readonly kind: {
      readonly lifetime?: { readonly outlives: readonly string[] };
      readonly type?: {
        readonly bounds: readonly RustdocBound[];
        readonly is_synthetic: boolean;
        readonly default: RustdocType | null;
      };
      readonly const?: { readonly default: string | null };
    };
  }[];
  readonly where_predicates: readonly {
    readonly bound_predicate?: { readonly type: RustdocType; readonly bounds: readonly RustdocBound[] };
    readonly lifetime_predicate?: { readonly lifetime: string; readonly outlives: readonly string[] };
  }[];
}

export interface RustdocPath {
  readonly path: string;
  readonly id: Id;
  readonly args: RustdocArguments | null;
}

export interface RustdocArguments {
  readonly angle_bracketed?: {
    readonly args: readonly RustdocArgument[];
    readonly constraints: readonly {
      readonly name: string;
      readonly binding: { readonly equality?: RustdocArgument; readonly constraint?: readonly RustdocBound[] };
    }[];
  };
  readonly parenthesized?: { readonly inputs: readonly RustdocType[]; readonly output: RustdocType | null };
}

export type RustdocArgument =
  | 'infer'
  | {
      readonly lifetime?: string;
      readonly type?: RustdocType;
      readonly const?: { readonly expr: string; readonly value: string | null };
    };

export interface RustdocBound {
  readonly trait_bound?: { readonly trait: RustdocPath; readonly modifier?: 'none' | 'maybe' | 'maybe_const' };
  readonly outlives?: string;
}

export type RustdocType =
  | 'infer'
  | {
      readonly primitive?: string;
      readonly resolved_path?: RustdocPath;
      readonly generic?: string;
      readonly tuple?: readonly RustdocType[];
      readonly slice?: RustdocType;
      readonly array?: { readonly type: RustdocType; readonly len: string };
      readonly borrowed_ref?: {
        readonly lifetime: string | null;
        readonly is_mutable: boolean;
        readonly type: RustdocType;
      };
      readonly raw_pointer?: { readonly is_mutable: boolean; readonly type: RustdocType };
      readonly impl_trait?: readonly RustdocBound[];
      readonly dyn_trait?: {
        readonly traits: readonly { readonly trait: RustdocPath }[];
        readonly lifetime: string | null;
      };
      readonly function_pointer?: unknown;
      readonly qualified_path?: {
        readonly name: string;
        readonly self_type: RustdocType;
        readonly trait: RustdocPath | null;
      };
      readonly pat?: unknown;
    };
