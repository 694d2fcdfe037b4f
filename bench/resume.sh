#!/usr/bin/env bash
# One big file over a line that breaks, encrypted: privateshare beside its peers.
# README.md says what is measured.
set -euo pipefail

export SIZE_MIB=${SIZE_MIB:-1024}
export CUTS=${CUTS:-10}                  # of the line, each after an equal part of the file
export RUNS=${RUNS:-3}
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
exec python3 -B "$here/resume.py"
