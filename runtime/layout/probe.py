"""Writes a C program that prints, for each line `kind name value` of a file, the value that the headers know."""

import sys

EXPRESSIONS = {
    "size": "sizeof({0})",
    "alignment": "_Alignof({0})",
    "offset": "offsetof({0}, {1})",
    "width": "sizeof((({0} *)0)->{1})",
    "constant": "{0}",
}

# A bit field has no offset: set it and look which bits of the state are set. The state is read as the 32 bits at its place.
MASK = """
    {{
        PyASCIIObject object;
        memset(&object, 0, sizeof object);
        object.state.{0} = ~0u;
        unsigned bits;
        memcpy(&bits, &object.state, sizeof bits);
        printf("mask {0} %lld\\n", (long long)bits);
    }}"""


def statement(kind, name):
    if kind == "mask":
        return MASK.format(name)
    value = EXPRESSIONS[kind].format(*name.split("."))
    return f'    printf("{kind} {name} %lld\\n", (long long)({value}));'


def main():
    print("#include <Python.h>\n#include <datetime.h>\n#include <stddef.h>\n#include <string.h>\n\nint main(void)\n{")
    with open(sys.argv[1]) as declared:
        for line in declared:
            kind, name, _ = line.split()
            if kind != "symbol":
                print(statement(kind, name))
    print("    return 0;\n}")


main()
