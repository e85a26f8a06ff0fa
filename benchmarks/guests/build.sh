#!/usr/bin/env bash
# Builds the benchmarks' guests from the sources beside them, and SHA256SUMS. Needs Debian 12's clang 14, lld and
# wasi-libc, and the AssemblyScript that wasm_modules/build.sh installs; other versions work, but give other bytes.
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

# The same on the C library, as a command for WASI.
build_filter() {
    clang --target=wasm32-wasi -O2 -std=c11 -Wall -Wextra -Werror -Wno-unused-function -c \
        -o "$objects/$1.o" "$1.c"
    clang --target=wasm32-wasi -Wl,--stack-first,-z,stack-size=1048576,--strip-all \
        -Wl,--initial-memory="$(($2 * 65536))" -o "$out/$1.wasm" "$objects/$1.o"
    chmod 644 "$out/$1.wasm"
}

# With 17 pages too, and the runtime that never gives memory back: the C guests do not either.
build_assemblyscript() {
    local asc=../../wasm_modules/node_modules/assemblyscript/bin/asc.js
    if [ ! -f "$asc" ]; then
        echo "build.sh: needs AssemblyScript; run wasm_modules/build.sh slugify, which installs it" >&2
        exit 2
    fi
    node "$asc" "$1.ts" -O --exportRuntime --runtime stub --initialMemory "$2" --outFile "$out/$1.wasm"
}

build cstring 17
build buffer 17
build camel 17
build extism 17
build endless 1056 -mbulk-memory
build_filter filter 17
build_assemblyscript assemblyscript 17

if [ "$checked" = false ]; then
    sha256sum ./*.wasm | sed 's|\./||' >SHA256SUMS
else
    cp SHA256SUMS "$out"
    (cd "$out" && sha256sum --check --strict SHA256SUMS)
fi
