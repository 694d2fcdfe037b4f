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
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
exec python3 -B "$here/plain.py"
