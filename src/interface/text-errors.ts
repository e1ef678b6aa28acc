/** Errors that are only text. */

import type { ErrorValue, Value } from './types.ts';

type TextOwner = Extract<Value, { kind: 'text' }>['owner'];

/** A borrowed text lives as long as the call's arguments, unless it says `'static`. */
export function textError(owner: TextOwner, isStatic: boolean): ErrorValue {
  const isBorrowed = (owner === 'str' || owner === 'Cow') && !isStatic;
  const rust = TEXT_ERRORS[owner];
  return {
    kind: 'text',
    rust: isBorrowed ? rust.replace("'static ", '').replace("'static", "'_") : rust,
    borrows: isBorrowed,
  };
}

/** The types as Rust writes them. */
export const TEXT_ERRORS: Readonly<Record<TextOwner, string>> = {
  str: "&'static str",
  String: 'std::string::String',
  Box: 'std::boxed::Box<str>',
  Arc: 'std::sync::Arc<str>',
  Rc: 'std::rc::Rc<str>',
  Cow: "std::borrow::Cow<'static, str>",
};
