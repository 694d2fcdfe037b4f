#!/usr/bin/env bash
# A folder of a million files, listed: time to the first line and in all, and both sides' memory.
# README.md says what is measured. Settings:
#
#   RUNS=3             timed rounds, after one to warm up
#   FILES=1000000      how many files the folder holds
#   HEAP_MIB=64        the heap of our server and our client, each
#   ONLY=, FOLDER=, PRIVATESHARE=  as for plain.sh
set -euo pipefail
export RUNS=${RUNS:-3} FILES=${FILES:-1000000} HEAP_MIB=${HEAP_MIB:-64}
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
export PRIVATESHARE_JAVA_OPTS="-Xms${HEAP_MIB}m -Xmx${HEAP_MIB}m"
exec python3 -B "$here/listing.py"
