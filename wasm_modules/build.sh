#!/usr/bin/env bash
# Builds the guest modules of this folder from the sources beside them, and SHA256SUMS.
set -euo pipefail

usage() {
    cat <<'USAGE'
usage: build.sh [--check] [--offline] [MODULE...]
  (no option)  rebuild the modules, all unless some are named, into place, and rewrite SHA256SUMS
  --check      rebuild into a temporary folder and fail where a committed module differs
  --offline    install and download nothing; end with status 2 where something is missing

Needs Debian 12 (bookworm). Packages that are missing are installed with apt-get when root runs it.
From Debian comes also the source of cmark, and from npm's registry AssemblyScript, which needs
Node.js 20 or later. Other versions of the compilers work, but give other bytes: see README.md.
Status: 0 done, 1 a module differs or does not build, 2 something is missing.
USAGE
}

here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
readonly here
readonly downloads=$here/target
readonly asc=$here/node_modules/assemblyscript/bin/asc.js
readonly ASC_VERSION=0.28.20
readonly CMARK_VERSION=0.30.2-6
readonly CMARK_TAR=cmark_0.30.2.orig.tar.gz
readonly CMARK_SHA256=6c7d2bcaea1433d977d8fed0b55b71c9d045a7cdf616e3cd2dce9007da753db3
offline=false

fail() { # STATUS MESSAGE
    printf 'build.sh: %s\n' "$2" >&2
    exit "$1"
}

# How each module is built. The crate of a name is a folder of that name, and so on.
build() { # MODULE OUTPUT_FOLDER
    case $1 in
    hello_world | redact | text_stats | camel_transform) rust "$1" wasm32-unknown-unknown "$2" ;;
    hello_wasi_rust) rust "$1" wasm32-wasi "$2" ;;
    hello_c) c "$1" "$2" -mexec-model=reactor -Wl,--export=malloc,--export=free ;;
    hello_wasi_c) c "$1" "$2" ;;
    hello_assemblyscript | slugify) assemblyscript "$1" "$2" ;;
    hello_wat) wat "$1" "$2" ;;
    cmark) cmark "$2" ;;
    markdown_to_html) markdown_to_html "$2" ;;
    *) fail 2 "no module '$1'; there are: $(modules | tr '\n' ' ')" ;;
    esac
}

# Every folder with a source is a module's.
modules() {
    local folder
    for folder in "$here"/*/; do
        folder=$(basename -- "$folder")
        case $folder in
        node_modules | target) ;;
        *) printf '%s\n' "$folder" ;;
        esac
    done
}

# What compilers see: Debian's tools, not those that come first on the user's PATH, and no setting of the user's.
clean() {
    env -i PATH=/usr/bin:/bin HOME="$work" LC_ALL=C SOURCE_DATE_EPOCH=0 "$@"
}

# A copy of a module's source, so that nothing is built among the sources.
copied() { # MODULE
    rm -rf -- "$work/src/$1"
    mkdir -p "$work/src"
    cp -R -- "$here/$1" "$work/src/$1"
    rm -rf -- "$work/src/$1/target"
}

rust() { # CRATE TARGET OUTPUT_FOLDER
    require cargo libstd-rust-dev-wasm32 lld rustc
    require_version 'rustc 1.63.0' /usr/bin/rustc --version
    copied "$1"
    (
        cd "$work/src/$1"
        clean RUSTC=/usr/bin/rustc CARGO_TARGET_DIR="$work/target" \
            /usr/bin/cargo build --quiet --offline --locked --target "$2" --release
    )
    install -m 644 "$work/target/$2/release/$1.wasm" "$3/$1.wasm"
}

require_c() {
    require clang libclang-rt-14-dev-wasm32 lld wasi-libc "$@"
    require_version 'Debian clang version 14.0.6' /usr/bin/clang --version
}

# Compiled and linked in two steps, because clang would else have wasm-opt, where there is one,
# change what it links.
c() { # MODULE OUTPUT_FOLDER LINKER_FLAG...
    require_c
    copied "$1"
    compile_c "$1"
    link_c "$1" "$2" "${@:3}"
}

compile_c() { # MODULE FLAG...
    (
        cd "$work/src/$1"
        clean /usr/bin/clang --target=wasm32-wasi -O2 -std=c11 -Wall -Wextra -Werror "${@:2}" \
            -c -o "$1.o" "$1.c"
    )
}

link_c() { # MODULE OUTPUT_FOLDER LINKER_FLAG...
    (
        cd "$work/src/$1"
        clean /usr/bin/clang --target=wasm32-wasi -Wl,--stack-first,-z,stack-size=65536,--strip-all \
            -o "$1.wasm" "$1.o" "${@:3}"
    )
    install -m 644 "$work/src/$1/$1.wasm" "$2/$1.wasm"
}

assemblyscript() { # MODULE OUTPUT_FOLDER
    local node
    node=$(command -v node) || fail 2 'needs Node.js 20 or later (node and npm) for AssemblyScript'
    if [[ $("$node" "$asc" --version 2>/dev/null) != "Version $ASC_VERSION" ]]; then
        "$offline" && fail 2 "needs AssemblyScript $ASC_VERSION; run build.sh without --offline"
        (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >&2)
    fi
    copied "$1"
    (
        cd "$work/src/$1"
        clean "$node" "$asc" "$1.ts" -O --exportRuntime --outFile "$1.wasm"
    )
    install -m 644 "$work/src/$1/$1.wasm" "$2/$1.wasm"
}

wat() { # MODULE OUTPUT_FOLDER
    require wabt
    require_version 1.0.32 /usr/bin/wat2wasm --version
    copied "$1"
    (cd "$work/src/$1" && clean /usr/bin/wat2wasm -o "$1.wasm" "$1.wat")
    install -m 644 "$work/src/$1/$1.wasm" "$2/$1.wasm"
}

cmark() { # OUTPUT_FOLDER
    cmark_library
    install -m 644 "$work/cmark/build/src/cmark" "$1/cmark.wasm"
}

markdown_to_html() { # OUTPUT_FOLDER
    cmark_library
    copied markdown_to_html
    compile_c markdown_to_html -DCMARK_STATIC_DEFINE -I"$work/cmark/src" -I"$work/cmark/build/src"
    link_c markdown_to_html "$1" -mexec-model=reactor "$work/cmark/build/src/libcmark.a" \
        -lc-printscan-no-floating-point
}

# cmark's own build of its own source: the program, and the library.
cmark_library() {
    require_c cmake make
    [[ -d $work/cmark/build ]] && return
    fetch_cmark
    mkdir -p "$work/cmark"
    tar -xzf "$downloads/$CMARK_TAR" -C "$work/cmark" --strip-components=1
    local module
    for module in cmark markdown_to_html; do
        cmp -s -- "$work/cmark/COPYING" "$here/$module/COPYING" ||
            fail 1 "$module/COPYING is not the licence of $CMARK_TAR"
    done
    if ! (
        clean /usr/bin/cmake -S "$work/cmark" -B "$work/cmark/build" -DCMAKE_BUILD_TYPE=MinSizeRel \
            -DCMAKE_TOOLCHAIN_FILE="$here/cmark/wasi.cmake" -DCMARK_SHARED=OFF -DCMARK_TESTS=OFF &&
            clean /usr/bin/make -C "$work/cmark/build" cmark_exe
    ) >"$work/cmark.log" 2>&1; then
        cat -- "$work/cmark.log" >&2
        fail 1 'cmark does not build'
    fi
}

# Debian's source package, with lists of apt's own that leave those of the machine alone.
fetch_cmark() {
    if ! cmark_is_there; then
        "$offline" && fail 2 "needs Debian's source of cmark $CMARK_VERSION; run build.sh without --offline"
        local apt=$work/apt archive
        # Where this machine has its packages from, there are their sources, too.
        # shellcheck disable=SC2016 # the format is apt's, not the shell's
        archive=$(apt-get indextargets --format '$(REPO_URI)' \
            'Identifier: Packages' 'Codename: bookworm' 'Component: main' | head -n 1)
        [[ $archive ]] || fail 2 'needs the lists of Debian 12; run apt-get update'
        mkdir -p "$apt/sources" "$apt/lists/partial" "$apt/cache/archives/partial" "$downloads"
        printf '%s\n' 'Types: deb-src' "URIs: $archive" 'Suites: bookworm' \
            'Components: main' 'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg' \
            >"$apt/sources/bookworm.sources"
        local options=(-o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$apt/sources"
            -o Dir::State::lists="$apt/lists" -o Dir::Cache="$apt/cache" -o APT::Sandbox::User="$(id -un)")
        apt-get -qq "${options[@]}" update >&2
        (cd "$downloads" && apt-get -qq "${options[@]}" source --download-only --tar-only \
            "cmark=$CMARK_VERSION" >&2)
    fi
    cmark_is_there || fail 1 "$downloads/$CMARK_TAR has not the SHA-256 $CMARK_SHA256"
}

cmark_is_there() {
    [[ -f $downloads/$CMARK_TAR ]] &&
        sha256sum --check --status <<<"$CMARK_SHA256  $downloads/$CMARK_TAR"
}

require() { # PACKAGE...
    command -v dpkg-query >/dev/null ||
        fail 2 "needs Debian 12 with the packages $*, but there is no dpkg-query here"
    local package missing=()
    for package in "$@"; do
        # shellcheck disable=SC2016 # the format is dpkg-query's, not the shell's
        if [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) != installed ]]; then
            missing+=("$package")
        fi
    done
    ((${#missing[@]} > 0)) || return 0
    if "$offline" || ((EUID != 0)); then
        fail 2 "needs packages that are missing; run: apt-get install --no-install-recommends ${missing[*]}"
    fi
    printf 'build.sh: installing %s\n' "${missing[*]}" >&2
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

require_version() { # VERSION TOOL ARGUMENT...
    local said
    said=$("${@:2}" | head -n 1)
    [[ $said == "$1" ]] || fail 2 "needs Debian 12's $1, for the same bytes, but $2 is $said"
}

# Compares what was built, and, where that is all, also that nothing else is committed.
check() { # MODULE...
    local built=$work/built different=0 name
    mkdir "$built"
    for name in "$@"; do
        build "$name" "$built"
    done
    for name in "$@"; do
        if ! cmp -s -- "$built/$name.wasm" "$here/$name.wasm"; then
            printf 'build.sh: %s.wasm differs from what its source gives\n' "$name" >&2
            different=1
        fi
    done
    for name in "$here"/*.wasm; do
        name=$(basename -- "$name" .wasm)
        if [[ ! -d $here/$name ]]; then
            printf 'build.sh: %s.wasm has no source\n' "$name" >&2
            different=1
        fi
    done
    if ! diff <(cd "$here" && sha256sum -- *.wasm) "$here/SHA256SUMS" >/dev/null; then
        printf 'build.sh: SHA256SUMS differs from the modules\n' >&2
        different=1
    fi
    ((different == 0)) || fail 1 'run build.sh without --check, and commit what it changes'
    printf '%s: as the source gives it\n' "$@"
}

checked=false
names=()
for argument in "$@"; do
    case $argument in
    --check) checked=true ;;
    --offline) offline=true ;;
    --help | -h)
        usage
        exit
        ;;
    -*)
        usage >&2
        exit 2
        ;;
    *) names+=("$argument") ;;
    esac
done

export LC_ALL=C
((${#names[@]} > 0)) || mapfile -t names < <(modules)
work=$(mktemp -d)
readonly work
trap 'rm -rf -- "$work"' EXIT
if "$checked"; then
    check "${names[@]}"
else
    for name in "${names[@]}"; do
        build "$name" "$here"
    done
    (cd "$here" && sha256sum -- *.wasm >SHA256SUMS)
    cat -- "$here/SHA256SUMS"
fi
