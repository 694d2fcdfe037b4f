#!/usr/bin/env bash
# One file over a long line, one connection against several, encrypted: privateshare beside its peers.
# README.md says what is measured.
set -euo pipefail

export SIZE_MIB=${SIZE_MIB:-32}          # of the file
export DELAY_MS=${DELAY_MS:-25}          # one way
export RATE_MBIT=${RATE_MBIT:-1000}
export LOSS_PERCENT=${LOSS_PERCENT:-0.5} # each way; 0 for a clean line
export CONGESTION=${CONGESTION:-cubic}     # as net.ipv4.tcp_congestion_control
export CONNECTIONS=${CONNECTIONS:-1 4 8} # of our put and get, a row each; the peers' several are 8
export RUNS=${RUNS:-3}
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

if [ "$(id -u)" != 0 ]; then
  echo "longpath.sh: needs root, for two network namespaces of its own" >&2
  exit 2
fi
exec python3 -B "$here/longpath.py"
