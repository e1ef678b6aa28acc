"""Every error arrives as the exception that a Python programmer expects, with its data."""

import os
import tempfile

import errors
import original


def raised(kind, function, *arguments):
    try:
        result = function(*arguments)
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} expected, got {result!r}")


def test_same_answers():
    for name, arguments in (
        ("parse_setting", ("größe = 5",)),
        ("withdraw", (10, 4)),
        ("parse_integer", ("-12",)),
        ("parse_float", ("1e3",)),
        ("to_byte", (255,)),
        ("decode", ("é😀".encode(),)),
        ("square_root", (2.0,)),
        ("item", ([1, 2, 3], 2)),
        ("divide", (7, 2)),
        ("add", (2**62, 2**62 - 1)),
    ):
        assert getattr(errors, name)(*arguments) == getattr(original, name)(*arguments), name


def test_same_exceptions():
    for name, arguments in (
        ("parse_setting", ("",)),
        ("parse_setting", ("no separator",)),
        ("parse_setting", ("size = five",)),
        ("parse_setting", ("size = 101",)),
        ("withdraw", (10, 14)),
    ):
        mine = raised(Exception, getattr(errors, name), *arguments)
        theirs = raised(Exception, getattr(original, name), *arguments)
        assert str(mine) == str(theirs)
        assert type(mine).__name__ == type(theirs).__name__


def test_an_enum_is_a_family_of_exceptions():
    error = raised(errors.ParseError, errors.parse_setting, " ")
    assert type(error) is errors.ParseError.Empty
    assert issubclass(errors.ParseError.Empty, errors.ParseError)
    assert issubclass(errors.ParseError, Exception)
    assert errors.ParseError.Empty.__qualname__ == "ParseError.Empty"
    assert errors.ParseError.__module__ == "errors"


def test_fields_are_attributes():
    assert raised(errors.ParseError.Separator, errors.parse_setting, "höhe: 5").line == "höhe: 5"
    error = raised(errors.ParseError.Range, errors.parse_setting, "size = -1")
    assert (error._0, error._1) == (0, 100)
    error = raised(errors.InsufficientFunds, errors.withdraw, 10, 14)
    assert (error.balance, error.requested) == (10, 14)
    assert str(error) == "4 missing"


def test_the_source_is_the_cause():
    error = raised(errors.ParseError.Number, errors.parse_setting, "size = five")
    assert error.text == "five"
    assert str(error.__cause__) == "invalid digit found in string"
    assert isinstance(error.__cause__, ValueError)
    assert raised(errors.ParseError, errors.parse_setting, "").__cause__ is None


def test_errors_of_the_standard_library():
    raised(ValueError, errors.parse_integer, "five")
    raised(ValueError, errors.parse_integer, "9" * 30)
    raised(ValueError, errors.parse_float, "")
    raised(OverflowError, errors.to_byte, 256)
    raised(OverflowError, errors.to_byte, -1)
    raised(ValueError, errors.decode, b"ab\xff")
    assert str(raised(RuntimeError, errors.refuse, "no")) == "refused: no"


def test_files():
    with tempfile.TemporaryDirectory() as folder:
        missing = os.path.join(folder, "missing.txt")
        error = raised(FileNotFoundError, errors.first_line, missing)
        assert error.errno == raised(FileNotFoundError, original.first_line, missing).errno
        raised(IsADirectoryError if os.name == "posix" else OSError, errors.first_line, folder)
        path = os.path.join(folder, "ä.txt")
        with open(path, "w", encoding="utf-8") as file:
            file.write("one\ntwo\n")
        assert errors.first_line(path) == original.first_line(path) == "one"


def test_a_panic_is_an_exception():
    error = raised(errors.PanicError, errors.square_root, -1.0)
    assert issubclass(errors.PanicError, RuntimeError)
    assert "-1 is negative" in str(error)
    assert error.file.endswith("lib.rs") and isinstance(error.line, int)
    assert error.file in str(error) and str(error.line) in str(error)


def test_panics_with_a_class_of_their_own():
    assert "lib.rs" in str(raised(IndexError, errors.item, [1, 2, 3], 3))
    assert "lib.rs" in str(raised(ZeroDivisionError, errors.divide, 1, 0))
    assert "lib.rs" in str(raised(OverflowError, errors.add, 2**63 - 1, 1))
    raised(OverflowError, errors.divide, -(2**63), -1)
    raised(OverflowError, errors.item, [1], -1)


def test_it_still_works_afterwards():
    for _ in range(1000):
        raised(errors.PanicError, errors.square_root, -1.0)
        raised(errors.ParseError.Number, errors.parse_setting, "a = b")
    assert errors.square_root(9.0) == 3.0


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
            print(f"{name}: ok")
