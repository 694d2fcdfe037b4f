#!/usr/bin/env bash
# One big file, put and get, encrypted: privateshare beside its peers.
# README.md says what is measured. The settings are those of plain.sh.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
exec python3 -B "$here/encrypted.py"
