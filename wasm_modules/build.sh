#!/usr/bin/env bash
# Builds the guest modules of this folder from the sources beside them, and SHA256SUMS.
set -euo pipefail

usage() {
    cat <<'USAGE'
usage: build.sh [--check]
  (no argument)  rebuild every module into place and rewrite SHA256SUMS
  --check        rebuild into a temporary folder and fail where a committed module differs

Needs Debian 12 (bookworm) and its packages
  cargo libstd-rust-dev-wasm32 lld rustc
which are installed with apt-get where they are missing and the script is run by root. Other
versions of the compiler work, but give other bytes: see README.md.
USAGE
}

readonly PACKAGES=(cargo libstd-rust-dev-wasm32 lld rustc)
readonly RUSTC_VERSION='rustc 1.63.0'
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
readonly here

fail() { # STATUS MESSAGE
    printf 'build.sh: %s\n' "$2" >&2
    exit "$1"
}

missing_packages() {
    local package
    for package in "${PACKAGES[@]}"; do
        # shellcheck disable=SC2016 # the format is dpkg-query's, not the shell's
        if [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) != installed ]]; then
            printf '%s\n' "$package"
        fi
    done
}

require_toolchain() {
    command -v dpkg-query >/dev/null ||
        fail 2 "needs Debian 12 with the packages ${PACKAGES[*]}, but there is no dpkg-query here"
    local missing
    mapfile -t missing < <(missing_packages)
    if ((${#missing[@]} > 0)); then
        if ((EUID != 0)); then
            fail 2 "needs packages that are missing; run: apt-get install --no-install-recommends ${missing[*]}"
        fi
        printf 'build.sh: installing %s\n' "${missing[*]}" >&2
        apt-get update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
    fi
    local version
    version=$(/usr/bin/rustc --version)
    [[ $version == "$RUSTC_VERSION" ]] ||
        fail 2 "needs Debian 12's $RUSTC_VERSION, for the same bytes, but /usr/bin/rustc is $version"
}

# Debian's tools by their full paths, since a rustup toolchain may come first on PATH; on a copy of
# the crate and with an empty environment, so that no setting of the user's takes part.
build_rust() { # CRATE OUTPUT_FOLDER
    local crate=$work/src/$1 target=wasm32-unknown-unknown
    mkdir -p "$crate"
    cp -R "$here/$1"/{.cargo,Cargo.toml,Cargo.lock,src} "$crate/"
    (
        cd "$crate"
        env -i PATH=/usr/bin:/bin HOME="$work" RUSTC=/usr/bin/rustc CARGO_TARGET_DIR="$work/target" \
            /usr/bin/cargo build --quiet --offline --locked --target "$target" --release
    )
    install -m 644 "$work/target/$target/release/$1.wasm" "$2/$1.wasm"
}

build_all() { # OUTPUT_FOLDER
    build_rust hello_world "$1"
    (cd "$1" && sha256sum -- *.wasm >SHA256SUMS)
}

check() {
    local built=$work/built different=0 name
    mkdir "$built"
    build_all "$built"
    while read -r name; do
        if ! cmp -s -- "$built/$name" "$here/$name"; then
            printf 'build.sh: %s differs from what its source gives\n' "$name" >&2
            different=1
        fi
    done < <(for folder in "$built" "$here"; do (cd "$folder" && printf '%s\n' *.wasm SHA256SUMS); done | sort -u)
    ((different == 0)) || fail 1 'run build.sh without --check, and commit what it changes'
    printf 'every module is what its source gives\n'
}

case ${1-} in
'' | --check) ;;
--help | -h)
    usage
    exit
    ;;
*)
    usage >&2
    exit 2
    ;;
esac

export LC_ALL=C
require_toolchain
work=$(mktemp -d)
readonly work
trap 'rm -rf -- "$work"' EXIT
if [[ ${1-} == --check ]]; then
    check
else
    build_all "$here"
    cat -- "$here/SHA256SUMS"
fi
