"""Prints, for each line `symbol name exported` of a file, whether this interpreter exports the symbol."""

import ctypes
import sys

with open(sys.argv[1]) as declared:
    for line in declared:
        kind, name, _ = line.split()
        if kind == "symbol":
            print("symbol", name, "exported" if hasattr(ctypes.pythonapi, name) else "missing")
