#!/bin/sh
# build.sh PYTHON DIRECTORY: builds the sample for that interpreter and puts the modules into the directory.
set -eu
python=$1
out=$2
here=$(cd "$(dirname "$0")" && pwd)
features=$("$python" -c 'import sys; print("py%d%d" % sys.version_info[:2] + (",debug" if hasattr(sys, "gettotalrefcount") else ""))')
target=${CARGO_TARGET_DIR:-$here/target}/$features
CARGO_TARGET_DIR=$target cargo build -q --release --manifest-path "$here/Cargo.toml" --features "$features"
mkdir -p "$out"
cp "$target/release/libferrule_sample.so" "$out/ferrule_sample.so"
cp "$target/release/libferrule_sample.so" "$out/ferrule_broken.so"
cp "$target/release/libferrule_sample.so" "$out/ferrule_partial.so"
