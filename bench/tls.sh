#!/usr/bin/env bash
# Ways of doing TLS in the server: Conscrypt or the JDK, buffers in or outside the Java heap, one record or many
# at a time. README.md says what is measured. The settings are those of plain.sh.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
exec python3 -B "$here/tls.py"
