#!/usr/bin/env bash
# What it takes to start: short commands beside their peers, and a server up to its first answer.
# README.md says what is measured. Settings:
#
#   RUNS=15            timed rounds, after one to warm up
#   ONLY=, FOLDER=, PRIVATESHARE=  as for plain.sh
set -euo pipefail
export RUNS=${RUNS:-15}
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
exec python3 -B "$here/startup.py"
