"""The same functions in Python: lists and buffers are changed where they are."""


def test(name: str, numbers: list) -> int:
    total = sum(numbers)
    print(f"Hello, {name}!")
    print(f"The sum of your numbers is {total}")
    numbers[0] = 6
    return total


def running_totals(numbers: list) -> None:
    for index in range(1, len(numbers)):
        numbers[index] += numbers[index - 1]


def scale(numbers: list, factor: float) -> None:
    for index in range(len(numbers)):
        numbers[index] *= factor


def append_total(numbers: list) -> None:
    numbers.append(sum(numbers))


def remove_negatives(numbers: list) -> int:
    before = len(numbers)
    numbers[:] = [number for number in numbers if number >= 0]
    return before - len(numbers)


def shout(buffer: bytearray) -> None:
    buffer[:] = buffer.upper()
