/**
 * The model of a crate's public interface: data only, no host and no rustdoc in it.
 *
 * Items are stored once, under the shortest path that the crate's users can write; modules list names that lead to them, so a re-export is a second name for the
 * same item. How a Rust type crosses a boundary is decided once, as a {@link Value}; hosts switch over its kinds exhaustively.
 */

/** A public path as the crate's users write it, without `r#`: `['demo', 'area', 'scale']`. */
export type Path = readonly string[];

/** Key of an item in {@link Interface.items}: the path joined by `::` for types, followed by `()` for values and `!` for macros. */
export type ItemKey = string;

export interface Interface {
  /** Name of the library as Rust code writes it (`count_doubles`). */
  readonly crate: string;
  readonly version: string;
  readonly root: Module;
  /** The packages of well-known crates whose types occur, by the library's name; cargo's package ids. */
  readonly packages: ReadonlyMap<string, string>;
  readonly items: ReadonlyMap<ItemKey, Item>;
  /** Types that functions fail with, and those that implement `std::error::Error`. */
  readonly errors: ReadonlySet<ItemKey>;
  /** Those of them whose values functions take or that have methods. */
  readonly takenErrors: ReadonlySet<ItemKey>;
}

/** Byte-free source position: lines and columns count from 1. */
export interface SourceSpan {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Module {
  readonly path: Path;
  readonly docs: string;
  /** Public names of items, sorted. */
  readonly names: readonly { readonly name: string; readonly item: ItemKey }[];
  readonly modules: readonly Module[];
}

interface ItemBase {
  /** As the crate's users write it; the last segment of an instance of a generic type has its arguments: `['demo', 'Matrix<f64>']`. */
  readonly path: Path;
  /** What it is called: the last segment, for instances `Matrix` or, where there are several, `Matrix_i64`. */
  readonly name: string;
  readonly docs: string;
  readonly span: SourceSpan | undefined;
  readonly deprecated: string | undefined;
}

export type Item =
  | FunctionItem
  | ConstantItem
  | StaticItem
  | StructItem
  | EnumItem
  | TraitItem
  | UnionItem
  | MacroItem
  | ForeignItem;

export interface FunctionItem extends ItemBase {
  readonly kind: 'function';
  readonly signature: Signature;
  /** Other instantiations of a generic function, to be tried after {@link signature}. */
  readonly alternatives: readonly Signature[];
}

/** How a method takes its object: `&self`, `&mut self`, `self` (or a pointer to it, `self: Box<Self>`), or something else such as `self: Pin<&mut Self>`. */
export type Receiver = 'shared' | 'exclusive' | 'owned' | 'other';

export interface Signature {
  /** Undefined for functions without `self`. */
  readonly receiver: Receiver | undefined;
  /** The receiver's type, with its lifetimes. */
  readonly self?: Value;
  readonly parameters: readonly Parameter[];
  readonly output: Value;
  readonly generics: Generics;
  /** What its type parameters stand for, in order; undefined where the arguments tell. Empty when they all do. */
  readonly instantiation: readonly (Value | undefined)[];
  /** Its own type parameters that are the host's objects. */
  readonly hostParameters: readonly string[];
  readonly qualifiers: {
    readonly unsafe: boolean;
    readonly async: boolean;
    readonly variadic: boolean;
    /** `Rust`, `C`, `system`...; undefined when there is no name for it. */
    readonly abi: string | undefined;
    /** `#[target_feature]` */
    readonly targetFeature: boolean;
  };
}

export interface Parameter {
  /** As written, `undefined` for a pattern. */
  readonly name: string | undefined;
  readonly value: Value;
}

export interface Generics {
  readonly types: readonly string[];
  readonly constants: readonly string[];
  readonly lifetimes: readonly string[];
  /** A lifetime that has to be `'static`: nothing that a call lends lives so long. */
  readonly staticLifetimes: boolean;
  /** Lifetimes that outlive others: `'long: 'short`. */
  readonly outlives: readonly { readonly long: string; readonly short: string }[];
  /** A lifetime with bounds: such a function cannot be named as a `fn` pointer. */
  readonly boundLifetimes: boolean;
}

export interface ConstantItem extends ItemBase {
  readonly kind: 'constant';
  readonly value: Value;
  /** How code names it where its path does not, as of a {@link Method}. */
  readonly callee: string | undefined;
}

export interface StaticItem extends ItemBase {
  readonly kind: 'static';
  readonly value: Value;
  readonly mutable: boolean;
}

export interface StructItem extends ItemBase {
  readonly kind: 'struct';
  readonly type: TypeFacts;
  readonly fields: Fields;
}

export interface EnumItem extends ItemBase {
  readonly kind: 'enum';
  readonly type: TypeFacts;
  readonly variants: readonly Variant[];
  /** Whether a variant's number is written in the source. */
  readonly isNumbered: boolean;
  /** `#[non_exhaustive]` or variants that users cannot name. */
  readonly open: boolean;
}

export interface Variant {
  readonly name: string;
  /** Its number, for enums without data: explicit, or one more than that of the variant before. */
  readonly discriminant: bigint;
  readonly docs: string;
  readonly fields: Fields;
  /** `#[non_exhaustive]`: other crates cannot make it. */
  readonly open: boolean;
}

/** Fields that the crate's users can name; `complete` is false when there are others. */
export interface Fields {
  readonly style: 'unit' | 'tuple' | 'named';
  readonly list: readonly Field[];
  readonly complete: boolean;
}

export interface Field {
  /** `0`, `1` for tuple fields. */
  readonly name: string;
  readonly docs: string;
  readonly value: Value;
  /** The field's type as an error, for fields of errors. */
  readonly error: ErrorValue;
  readonly span: SourceSpan | undefined;
}

/** What a type's impls say. */
export interface TypeFacts {
  readonly generics: Generics;
  /** What its type parameters stand for, in an instance of a generic type. */
  readonly arguments: readonly Value[];
  /** Canonical paths of the traits implemented for it, blanket implementations included (`core::fmt::Display`). */
  readonly traits: ReadonlySet<string>;
  readonly methods: readonly Method[];
  /** Associated ones, its own and those of the crate's traits. */
  readonly constants: readonly ConstantItem[];
  /** Explicit and derived implementations, without blanket ones and auto traits. */
  readonly implementations: readonly Implementation[];
}

/** `impl Trait<Arguments> for Type`, for a reference to it, or for another type with it among the arguments. */
export interface Implementation {
  /** Path of the trait's definition: `core::ops::arith::Add`. */
  readonly trait: string;
  /** The trait, when it is one of the crate's public ones. */
  readonly own: ItemKey | undefined;
  /** What it is for: `f64` in `impl Mul<Point> for f64`. */
  readonly self: Value;
  /** `impl Add for &Point` */
  readonly isForReference: boolean;
  /** `impl<T: Shape> Describe for T` */
  readonly isBlanket: boolean;
  readonly arguments: readonly Value[];
  /** Associated types: `Output`, `Item`. */
  readonly associated: ReadonlyMap<string, Value>;
  /** Errors among them (`FromStr::Err`), as the second half of a `Result`. */
  readonly errors: ReadonlyMap<string, ErrorValue>;
  readonly methods: readonly Method[];
}

export interface Method extends ItemBase {
  readonly kind: 'method';
  readonly signature: Signature;
  /** How code names it where its path does not: `<::demo::Circle as ::demo::Shape>::area`. */
  readonly callee: string | undefined;
  /** As those of a {@link FunctionItem}. */
  readonly alternatives: readonly Signature[];
}

export interface TraitItem extends ItemBase {
  readonly kind: 'trait';
  readonly methods: readonly Method[];
  /** Implementations for types of other crates and of the language. */
  readonly extensions: readonly Extension[];
}

/** `impl Shout for str` */
export interface Extension {
  /** The type as a value of its own: `&str` for `str`. */
  readonly self: Value;
  /** Methods as functions: the object is the first parameter. */
  readonly functions: readonly Method[];
}

export interface UnionItem extends ItemBase {
  readonly kind: 'union';
  readonly type: TypeFacts;
}

export interface MacroItem extends ItemBase {
  readonly kind: 'macro';
}

/** A re-export of another crate's item. */
export interface ForeignItem extends ItemBase {
  readonly kind: 'foreign';
  readonly source: string;
  /** Whether it is a crate, not an item of one. */
  readonly isCrate: boolean;
}

export type IntType = 'i8' | 'i16' | 'i32' | 'i64' | 'i128' | 'isize' | 'u8' | 'u16' | 'u32' | 'u64' | 'u128' | 'usize';

/** How one Rust type crosses a boundary. */
export type Value =
  | { readonly kind: 'unit' }
  | { readonly kind: 'never' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'int'; readonly type: IntType }
  | { readonly kind: 'nonZero'; readonly type: IntType }
  | { readonly kind: 'wrapping'; readonly of: Value }
  | { readonly kind: 'float'; readonly type: 'f32' | 'f64' }
  | { readonly kind: 'char' }
  | ({ readonly kind: 'text'; readonly owner: 'str' | 'String' | 'Box' | 'Arc' | 'Rc' | 'Cow' } & Lent)
  | ({ readonly kind: 'bytes'; readonly owner: 'slice' | 'Vec' | 'Box' | 'Arc' | 'Rc' | 'Cow' } & Lent)
  | { readonly kind: 'byteArray'; readonly length: number }
  | ({ readonly kind: 'sequence'; readonly owner: SequenceOwner; readonly element: Value } & Lent)
  | { readonly kind: 'array'; readonly element: Value; readonly length: number }
  | ({ readonly kind: 'inPlace'; readonly owner: 'slice' | 'Vec'; readonly element: Value } & Lent)
  | { readonly kind: 'tuple'; readonly elements: readonly Value[] }
  | {
      readonly kind: 'map';
      readonly owner: 'HashMap' | 'BTreeMap';
      readonly key: Value;
      readonly value: Value;
      readonly ownHasher: boolean;
    }
  | {
      readonly kind: 'set';
      readonly owner: 'HashSet' | 'BTreeSet';
      readonly element: Value;
      readonly ownHasher: boolean;
    }
  | { readonly kind: 'option'; readonly of: Value }
  /** `&'static T` of an own type: what is passed stays as it is for ever. */
  | { readonly kind: 'eternal'; readonly of: Extract<Value, { kind: 'own' }> }
  | { readonly kind: 'pointer'; readonly owner: 'Box' | 'Arc' | 'Rc'; readonly of: Value }
  | ({ readonly kind: 'reference'; readonly of: Value } & Lent)
  | ({ readonly kind: 'exclusive'; readonly of: Value } & Lent)
  /** `&T` or `&mut T` of an own type as a result that goes on referring to it. */
  | ({ readonly kind: 'view'; readonly of: Value; readonly isExclusive: boolean } & Lent)
  /** The host's own object, in the place of a type parameter that is only stored, compared, hashed or shown. */
  | { readonly kind: 'hostObject'; readonly parameter: string }
  /** Anything that is iterated lazily: `impl Iterator<Item = T>`. */
  | { readonly kind: 'iterator'; readonly form: IteratorForm; readonly of: Value }
  /** Code of the caller that Rust calls: `impl Fn(A) -> B`, `&mut dyn FnMut(A)`, `Box<dyn Fn() + Send>`. */
  | {
      readonly kind: 'callback';
      readonly form: CallbackForm;
      readonly arguments: readonly Value[];
      readonly result: Value;
      /** Whether Rust may keep it beyond the call, or call it from other threads. */
      readonly isKept: boolean;
    }
  /** A file-like object: `impl Read`, `impl BufRead`, `impl Write`, `impl Seek`, `impl fmt::Write`. */
  | { readonly kind: 'stream'; readonly reads: boolean; readonly writes: boolean; readonly isText: boolean }
  /** A result of which only its text is known: `impl Display`. */
  | { readonly kind: 'shown'; readonly by: 'to_string' | 'into' | 'as_ref' }
  | { readonly kind: 'result'; readonly ok: Value; readonly error: ErrorValue }
  | { readonly kind: 'duration' }
  | { readonly kind: 'systemTime' }
  | ({ readonly kind: 'path'; readonly owner: 'ref' | 'PathBuf' | 'Box' | 'Arc' | 'Rc' } & Lent)
  | ({ readonly kind: 'osText'; readonly owner: 'ref' | 'OsString' | 'Box' | 'Arc' | 'Rc' } & Lent)
  | { readonly kind: 'ipAddress'; readonly type: 'IpAddr' | 'Ipv4Addr' | 'Ipv6Addr' }
  | { readonly kind: 'ordering' }
  | { readonly kind: 'range'; readonly type: RangeType; readonly of: Value }
  | {
      readonly kind: 'own';
      readonly item: ItemKey;
      readonly arguments: readonly Value[];
      /** An enum without data is a set of names, an error is what functions fail with, everything else is an object. */
      readonly form: 'object' | 'names' | 'error';
      /** Whether the type is `Clone`: then a value can be copied out of what owns it. */
      readonly clone: boolean;
      /** What it gives, where it is a result and an iterator: a host without a class for it can iterate. */
      readonly items?: Value;
      /** Those that stand for the type's lifetime parameters, `'_` where elided; absent when it has none. */
      readonly lifetimes?: readonly string[];
    }
  /** A type of a crate that many crates use. */
  | {
      readonly kind: 'wellKnown';
      readonly type: WellKnownType;
      readonly arguments: readonly Value[];
      /** How many there is room for, where the type says so: `ArrayVec<T, 4>`. */
      readonly length?: number;
      /** A map or set whose hasher is not the one that is meant when nothing is written. */
      readonly ownHasher?: boolean;
    }
  | { readonly kind: 'unsupported'; readonly rust: string; readonly cause: UnsupportedCause };

/** What a reference is: `'a`, absent where it is elided and in types that are none. */
interface Lent {
  readonly lifetime?: string;
}

/** The crate's library, and the type's name in it. */
export type WellKnownType =
  | 'arrayvec::ArrayString'
  | 'arrayvec::ArrayVec'
  | 'bytes::Bytes'
  | 'bytes::BytesMut'
  | 'chrono::DateTime'
  | 'chrono::Duration'
  | 'chrono::FixedOffset'
  | 'chrono::Local'
  | 'chrono::Month'
  | 'chrono::NaiveDate'
  | 'chrono::NaiveDateTime'
  | 'chrono::NaiveTime'
  | 'chrono::Utc'
  | 'chrono::Weekday'
  | 'either::Either'
  | 'hashbrown::HashMap'
  | 'hashbrown::HashSet'
  | 'indexmap::IndexMap'
  | 'indexmap::IndexSet'
  | 'jiff::SignedDuration'
  | 'jiff::Timestamp'
  | 'jiff::Zoned'
  | 'jiff::civil::Date'
  | 'jiff::civil::DateTime'
  | 'jiff::civil::Time'
  | 'jiff::civil::Weekday'
  | 'jiff::tz::Offset'
  | 'num_bigint::BigInt'
  | 'num_bigint::BigUint'
  | 'num_complex::Complex'
  | 'ordered_float::NotNan'
  | 'ordered_float::OrderedFloat'
  | 'rust_decimal::Decimal'
  | 'serde_json::Map'
  | 'serde_json::Number'
  | 'serde_json::Value'
  | 'smallvec::SmallVec'
  | 'time::Date'
  | 'time::Duration'
  | 'time::Month'
  | 'time::OffsetDateTime'
  | 'time::PrimitiveDateTime'
  | 'time::Time'
  | 'time::UtcDateTime'
  | 'time::UtcOffset'
  | 'time::Weekday'
  | 'uuid::Uuid';

export type SequenceOwner = 'slice' | 'Vec' | 'VecDeque' | 'LinkedList' | 'BinaryHeap' | 'Box' | 'Arc' | 'Rc' | 'Cow';
/** `impl Iterator`; `impl IntoIterator`; one of which more is asked (to go backwards, to be cloned); or a type that is an iterator, which comes only as a result. */
export type IteratorForm = 'value' | 'into' | 'collected' | 'result';
/** How a callback is passed: by value, as `&dyn Fn`, as `&mut dyn FnMut`, or behind a pointer. */
export type CallbackForm = 'value' | 'reference' | 'exclusive' | 'Box' | 'Arc' | 'Rc';
/** `Bounds` is whatever is a `RangeBounds`. */
export type RangeType = 'Bounds' | 'Range' | 'RangeInclusive' | 'RangeFrom' | 'RangeTo' | 'RangeToInclusive';

/** Why a type is no {@link Value} that a host could convert. */
export type UnsupportedCause =
  | 'generic'
  | 'callback'
  | 'iterator'
  | 'impl-trait'
  | 'trait-object'
  | 'raw-pointer'
  | 'function-pointer'
  | 'foreign-type'
  | 'other-version'
  | 'hidden-type'
  | 'const-generic'
  | 'static-borrow'
  | 'hasher'
  | 'other';

/** The second half of a `Result`. */
export type ErrorValue =
  | { readonly kind: 'std'; readonly rust: string }
  | { readonly kind: 'text'; readonly rust: string; readonly borrows: boolean }
  | { readonly kind: 'boxed'; readonly rust: string }
  | { readonly kind: 'unit' }
  | {
      readonly kind: 'own';
      readonly item: ItemKey;
      readonly arguments: readonly Value[];
      readonly lifetimes?: readonly string[];
      /** `Box<ParseError>` */
      readonly pointer?: 'Box' | 'Arc' | 'Rc';
    }
  /** A type of another crate, of which only the text is known. */
  | {
      readonly kind: 'foreign';
      /** The crate and the type's name: `uuid::Error`. */
      readonly name: string;
      readonly rust: string;
      readonly means: ForeignFailure;
    }
  /** A value that crosses as any other: the index in `Result<usize, usize>`. */
  | { readonly kind: 'value'; readonly of: Value }
  /** `anyhow::Error`, which holds an error of any type. */
  | { readonly kind: 'anyhow' }
  | { readonly kind: 'unsupported'; readonly rust: string };

/** What an error of another crate says: that a value was wrong, too large, that memory is short, or just that something failed. */
export type ForeignFailure = 'value' | 'range' | 'memory' | 'failure';

/** A path as text, which is also a type's key. */
export function itemKey(path: Path): ItemKey {
  return path.join('::');
}

/** The path behind the key of a type. */
export function keyPath(key: ItemKey): Path {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < key.length; i++) {
    if (key[i] === '<') depth++;
    else if (key[i] === '>') depth--;
    else if (depth === 0 && key.startsWith('::', i)) {
      parts.push(key.slice(start, i));
      start = i + 2;
    }
  }
  return [...parts, key.slice(start)];
}
