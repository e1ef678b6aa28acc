#!/usr/bin/env bash
# Makes CPython 3.14 and 3.15, each as release and as debug build, available to the tests on Debian.
# Usage: scripts/pythons.sh [DIR]; then DIR/usr/bin/python3.15, python3.15d and so on run from there.
# DIR defaults to ~/.cache/ferrule/pythons, where the tests look.
#
# The packages of Debian's testing suite, with all that they depend on down to the C library, are fetched by apt with a
# state of its own and unpacked into DIR: nothing of the system changes, and no root is needed. The executables are then
# told to use the dynamic loader and the libraries of DIR. A finished tree has a file .ready and is left as it is.
set -euo pipefail

suite=${FERRULE_DEBIAN_SUITE:-forky}
packages=(patchelf)
for version in 3.14 3.15; do
  packages+=("python$version" "python$version-dev" "python$version-dbg")
done
dir=$(realpath -m "${1:-${XDG_CACHE_HOME:-$HOME/.cache}/ferrule/pythons}")

# Without these interpreters the tests skip what is about them; in CI that would be a hole nobody sees.
give_up() {
  echo "pythons: $1; tests on CPython 3.14 and 3.15 are skipped" >&2
  [ "${CI:-}" = true ] && exit 1
  exit 0
}

[ -e "$dir/.ready" ] && exit 0
[ -e /etc/debian_version ] || give_up "this is not Debian"
for command in apt-get dpkg-deb flock; do
  command -v "$command" >/dev/null || give_up "there is no $command"
done
mirror=$(grep -rhoE 'https?://[^] ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null |
  head -n 1 | tr -d ' ' || true)
[ -n "$mirror" ] || give_up "apt's sources name no mirror of Debian"

# One at a time: whoever waited finds the tree ready.
mkdir -p "$(dirname "$dir")"
exec 9>"$dir.lock"
flock 9
[ -e "$dir/.ready" ] && exit 0
# What an interrupted run left is of no use, because the paths are patched last. Any other folder is not ours to empty.
if [ -n "$(ls -A "$dir" 2>/dev/null)" ] && [ ! -e "$dir/.unfinished" ]; then
  give_up "$dir has other files in it"
fi
rm -rf "$dir"
mkdir -p "$dir"
touch "$dir/.unfinished"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "pythons: fetching CPython 3.14 and 3.15 (about 100 MB, half a minute)" >&2
mkdir -p "$work"/{lists/partial,archives/partial}
: >"$work/status"
cat >"$work/debian.sources" <<SOURCES
Types: deb
URIs: $mirror
Suites: $suite
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
apt() {
  apt-get -q -y -o Dir::Etc::SourceList="$work/debian.sources" -o Dir::Etc::SourceParts=- \
    -o Dir::Etc::PreferencesParts=- -o Dir::Etc::Preferences=- \
    -o Dir::State::Lists="$work/lists" -o Dir::State::Status="$work/status" -o Dir::Cache::Archives="$work/archives" \
    -o Dir::Cache::PkgCache= -o Dir::Cache::SrcPkgCache= -o Debug::NoLocking=1 -o Acquire::Languages=none \
    -o Acquire::Retries=3 -o APT::Sandbox::User= -o Binary::apt-get::APT::Keep-Downloaded-Packages=true \
    -o DPkg::Post-Invoke= "$@" >>"$work/log" 2>&1
}
{ apt update && apt install --no-install-recommends --download-only "${packages[@]}"; } || {
  tail -n 5 "$work/log" >&2
  give_up "apt could not fetch the packages from $mirror"
}

# Debian's merged /usr: packages carry only /usr/lib, but the loader and the interpreters look into /lib as well.
for folder in bin lib lib64 sbin; do
  mkdir -p "$dir/usr/$folder"
  ln -s "usr/$folder" "$dir/$folder"
done
for package in "$work"/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x -C "$dir" --keep-directory-symlink --no-same-owner
done

# patchelf comes from the same suite, so it needs that suite's loader to run; an older one would not know newer files.
libraries=$(dirname "$(find "$dir/usr/lib" -name 'libc.so.6' | head -n 1)")
loader=$(find "$dir/usr/lib64" "$dir/usr/lib" -maxdepth 1 -name 'ld-linux*.so.*' | head -n 1)
patch() { "$loader" --library-path "$libraries" "$dir/usr/bin/patchelf" "$@"; }
for python in "$dir"/usr/bin/python3.1[45] "$dir"/usr/bin/python3.1[45]d; do
  # Two runs, the libraries first: patchelf 0.18 breaks executables of fixed address in any other order.
  patch --force-rpath --set-rpath "$libraries" "$python"
  patch --set-interpreter "$loader" "$python"
  "$python" -c 'import ctypes, ssl, sysconfig' || give_up "$python does not run"
done
mv "$dir/.unfinished" "$dir/.ready"
echo "pythons: CPython 3.14 and 3.15 are in $dir" >&2
