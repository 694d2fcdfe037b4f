#!/usr/bin/env bash
# Requests per second for one small file, encrypted: privateshare beside nginx.
# README.md says what is measured. Settings:
#
#   RUNS=5             timed rounds, after one to warm up
#   SECONDS_EACH=6     how long each row asks in each round
#   CONNECTIONS="1 64" how many connections ask at a time: rows for each number
#   BYTES=1024         size of the file
#   ONLY=, FOLDER=, PRIVATESHARE=  as for plain.sh
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
export SECONDS_EACH=${SECONDS_EACH:-6} CONNECTIONS=${CONNECTIONS:-1 64} BYTES=${BYTES:-1024}
exec python3 -B "$here/requests.py"
