#!/usr/bin/env bash
# What a look-up costs beside other look-up tools that hold the same entries: benches/peers.sh
#
# Installs sdcv, dictd and WordNet from Debian (as root) and tealdeer from crates.io, gives all of them
# the entries of this glossary, runs look-ups of each in turn, and writes the table and the plot of
# docs/benchmarks.md. What is installed by cargo, and everything else, lies in a folder that is removed.
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
cargo build --release --quiet --locked
# A copy, as an installed program is one: fresh from the linker it lies in memory in small pieces.
cp target/release/glossary "$work/glossary"

python3 benches/peers.py prepare "$work"
dictd --config "$work/dictd.conf" --logfile /dev/null --pid-file "$work/dictd.pid" \
    --listen-to 127.0.0.1 --port "$(cat "$work/port")" --debug nodetach >"$work/dictd.out" 2>&1 &
server=$!
python3 benches/peers.py measure "$work"
