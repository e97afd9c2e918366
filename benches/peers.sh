#!/usr/bin/env bash
# Compares lookups with other tools that have the same entries: benches/peers.sh
#
# Installs sdcv, dictd, and WordNet from Debian (as root) and tealdeer from crates.io, gives all of them the
# entries of this glossary, runs lookups with each in turn, and prints the table and draws the plot of
# docs/benchmarks.md. Measures the build that is released (musl). Everything but the Debian packages is in a
# folder that is deleted at the end.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" || true; rm -rf "$work"' EXIT

needed=(sdcv dictd dict dictfmt wn)
if ! command -v "${needed[@]}" >/dev/null; then
    apt-get update -q >&2
    apt-get install -y -q sdcv dictd dict wordnet >&2
fi
cargo install tealdeer --version 1.8.1 --no-default-features --features native-tls --quiet --root "$work"
target=x86_64-unknown-linux-musl
cargo build --release --quiet --locked --target "$target"
# A copy, like an installed program: fresh from the linker, it is in memory in small pieces.
cp "target/$target/release/glossary" "$work/glossary"

python3 benches/peers.py prepare "$work"
dictd --config "$work/dictd.conf" --logfile /dev/null --pid-file "$work/dictd.pid" \
    --listen-to 127.0.0.1 --port "$(cat "$work/port")" --debug nodetach >"$work/dictd.out" 2>&1 &
server=$!
python3 benches/peers.py measure "$work"
