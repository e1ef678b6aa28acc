"""Pi by a series, and as many of its digits as one likes, in Python."""


def leibniz(terms: int) -> float:
    total = 0.0
    numerator = 4.0
    for term in range(terms):
        total += numerator / (2.0 * term + 1.0)
        numerator = -numerator
    return total


def arctan_of_inverse(factor: int, inverse: int, one: int) -> int:
    power = factor * one // inverse
    total = power
    odd = 3
    sign = -1
    while power:
        power //= inverse * inverse
        total += sign * (power // odd)
        sign = -sign
        odd += 2
    return total


def digits(decimals: int) -> str:
    guard = 20
    one = 10 ** (decimals + guard)
    pi = arctan_of_inverse(16, 5, one) - arctan_of_inverse(4, 239, one)
    text = str(pi // 10**guard)
    return "3" + ("." + text[1:] if decimals else "")
