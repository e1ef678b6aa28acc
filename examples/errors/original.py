"""The same functions in Python, with the exceptions a Python author would write."""

import math


class ParseError(Exception):
    """A line that is no setting of the form `name = number`."""


class Empty(ParseError):
    def __init__(self):
        super().__init__("the line is empty")


class Separator(ParseError):
    def __init__(self, line):
        super().__init__(f"no '=' in '{line}'")
        self.line = line


class Number(ParseError):
    def __init__(self, text):
        super().__init__(f"'{text}' is not a number")
        self.text = text


class Range(ParseError):
    def __init__(self, start, end):
        super().__init__(f"not between {start} and {end}")


def parse_setting(line):
    if not line.strip():
        raise Empty
    name, separator, text = line.partition("=")
    if not separator:
        raise Separator(line)
    text = text.strip()
    try:
        number = int(text)
    except ValueError as error:
        raise Number(text) from error
    if not 0 <= number <= 100:
        raise Range(0, 100)
    return name.strip(), number


class InsufficientFunds(Exception):
    def __init__(self, balance, requested):
        super().__init__(f"{requested - balance} missing")
        self.balance = balance
        self.requested = requested


def withdraw(balance, amount):
    if amount > balance:
        raise InsufficientFunds(balance, amount)
    return balance - amount


def parse_integer(text):
    return int(text)


def parse_float(text):
    return float(text)


def to_byte(number):
    return number.to_bytes(1, "little")[0]


def decode(data):
    return data.decode()


def first_line(path):
    with open(path, encoding="utf-8") as file:
        return file.readline().rstrip("\n")


def square_root(number):
    return math.sqrt(number)


def item(values, index):
    return values[index]


def divide(dividend, divisor):
    return dividend // divisor


def add(one, other):
    return one + other
