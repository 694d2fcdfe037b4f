#!/usr/bin/env bash
# One big file, put and get, not encrypted: privateshare beside its peers.
# README.md says what is measured. Settings:
#
#   SIZE_MIB=2048   size of the file
#   RUNS=5          timed rounds, after one to warm up
#   DISK=1          to a disk instead of memory
#   FOLDER=...      where the files go: default /dev/shm, with DISK=1 the repository's own disk
#   ONLY=...        a regular expression: only rows whose name matches
#   PRIVATESHARE=.. the launcher to measure
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

export SIZE_MIB=${SIZE_MIB:-2048} RUNS=${RUNS:-5} DISK=${DISK:-0} ONLY=${ONLY:-.}
export PRIVATESHARE=${PRIVATESHARE:-$here/../privateshare}
export LC_ALL=C.UTF-8
mkdir -p "$here/out"
if [ "$DISK" = 1 ]; then
  export FOLDER=${FOLDER:-$here/out}
  results=$here/out/results-disk.jsonl
else
  export FOLDER=${FOLDER:-/dev/shm}
  results=$here/out/results.jsonl
fi

if [ "$(uname -s)" != Linux ]; then
  echo "plain.sh: needs Linux: it reads processor time and memory from /proc" >&2
  exit 2
fi
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
  echo "plain.sh: needs python3, 3.10 or later" >&2
  exit 2
fi
exec python3 -B "$here/plain.py" "$results"
