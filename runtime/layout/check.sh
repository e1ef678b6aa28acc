#!/bin/sh
# check.sh PYTHON: holds the runtime's declarations of the C API against the headers and symbols of that interpreter.
# Prints `ok ...` and exits 0, or prints the lines that differ (< ours, > the interpreter's) and exits 1.
set -eu
python=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

feature=$("$python" -c 'import sys; print("py%d%d" % sys.version_info[:2])')
include=$("$python" -c 'import sysconfig; print(sysconfig.get_paths()["include"])')

CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$here/../target}/layout cargo run -q --manifest-path "$here/Cargo.toml" --features "$feature" >"$work/declared"

# The same lines, with values that the C compiler and the interpreter know.
"$python" "$here/probe.py" "$work/declared" >"$work/probe.c"
# Debian keeps pyconfig.h under the platform's name, beside the headers: hence the second directory, after the system's own.
${CC:-cc} -w -std=c11 -I"$include" -idirafter "$include/.." "$work/probe.c" -o "$work/probe"
{
    "$work/probe"
    "$python" "$here/symbols.py" "$work/declared"
} | sort >"$work/actual"
sort -o "$work/declared" "$work/declared"

if diff "$work/declared" "$work/actual"; then
    echo "ok $feature: $(wc -l <"$work/declared") facts"
else
    exit 1
fi
