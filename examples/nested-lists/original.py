"""Matrices and tables as lists of lists, in Python."""


class ShapeError(Exception):
    def __init__(self, problem):
        super().__init__(problem)
        self.problem = problem


def multiply(left, right):
    width = len(right[0]) if right else 0
    for row in right:
        if len(row) != width:
            raise ShapeError(f"rows of {width} and of {len(row)} numbers")
    result = []
    for row in left:
        if len(row) != len(right):
            raise ShapeError(f"a row of {len(row)} numbers for {len(right)} rows")
        product = [0.0] * width
        for factor, other in zip(row, right):
            for column in range(width):
                product[column] += factor * other[column]
        result.append(product)
    return result


def transpose(matrix):
    return [list(column) for column in zip(*matrix)]


def row_sums(matrix):
    return [sum(row) for row in matrix]


def normalise_rows(matrix):
    for row in matrix:
        # From Python 3.12 on sum() of floats corrects rounding errors; plain addition is the same everywhere.
        total = 0.0
        for number in row:
            total += number
        if total != 0.0:
            for index in range(len(row)):
                row[index] /= total


def column_widths(table):
    columns = max((len(row) for row in table), default=0)
    return [max(len(row[column]) if column < len(row) else 0 for row in table) for column in range(columns)]
