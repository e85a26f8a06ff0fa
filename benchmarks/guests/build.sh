#!/usr/bin/env bash
# Builds the benchmarks' guests from the sources beside them, and SHA256SUMS. Needs Debian 12's clang 14 and
# lld; other versions work, but give other bytes.
# usage: build.sh [--check]
#   --check  builds into a temporary folder and fails where a committed module differs
set -euo pipefail
cd -P "$(dirname "${BASH_SOURCE[0]}")"

checked=false
case "${1:-}" in
    '') ;;
    --check)
        checked=true
        ;;
    *)
        echo "usage: build.sh [--check]" >&2
        exit 2
        ;;
esac

objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
out=.
if [ "$checked" = true ]; then
    out=$objects
fi

# build GUEST PAGES [FLAG...]: compiled and linked in two steps, because clang would else have wasm-opt,
# where there is one, change what it links. A stack of 1 MiB before all else makes 17 pages, as Rust's
# guests have.
build() {
    clang --target=wasm32 -O2 -std=c11 -Wall -Wextra -Werror -ffreestanding -fno-builtin "${@:3}" \
        -c -o "$objects/$1.o" "$1.c"
    wasm-ld-14 --no-entry --stack-first -z stack-size=1048576 --strip-all \
        --initial-memory="$(($2 * 65536))" -o "$out/$1.wasm" "$objects/$1.o"
    chmod 644 "$out/$1.wasm"
}

build cstring 17
build camel 17
build extism 17
build endless 1056 -mbulk-memory

if [ "$checked" = false ]; then
    sha256sum ./*.wasm | sed 's|\./||' >SHA256SUMS
else
    cp SHA256SUMS "$out"
    (cd "$out" && sha256sum --check --strict SHA256SUMS)
fi
