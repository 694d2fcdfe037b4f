#!/usr/bin/env bash
# A folder of many small files, encrypted: privateshare beside its peers.
# README.md says what is measured.
set -euo pipefail

export LONG=${LONG:-0}                     # 1: over a line of 50 ms and 1 Gbit/s; needs root
if [ "$LONG" = 1 ]; then
  export FILES=${FILES:-1000} FILE_BYTES=${FILE_BYTES:-16384}
  export DELAY_MS=${DELAY_MS:-25} RATE_MBIT=${RATE_MBIT:-1000} LOSS_PERCENT=${LOSS_PERCENT:-0}
  export CONGESTION=${CONGESTION:-cubic}
fi
export FILES=${FILES:-10000} FILE_BYTES=${FILE_BYTES:-4096} # in folders of a hundred
export CHANGED=${CHANGED:-100}             # of them, for the last table
export RUNS=${RUNS:-3}
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
exec python3 -B "$here/folders.py"
