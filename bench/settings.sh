# Sourced by the scripts of this folder: their common settings, and what they need.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

export SIZE_MIB=${SIZE_MIB:-2048} RUNS=${RUNS:-5} DISK=${DISK:-0} ONLY=${ONLY:-.}
export PRIVATESHARE=${PRIVATESHARE:-$here/../privateshare}
export LC_ALL=C.UTF-8
mkdir -p "$here/out"
if [ "$DISK" = 1 ]; then
  export FOLDER=${FOLDER:-$here/out}
else
  export FOLDER=${FOLDER:-/dev/shm}
fi

if [ "$(uname -s)" != Linux ]; then
  echo "${0##*/}: needs Linux: it reads processor time and memory from /proc" >&2
  exit 2
fi
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
  echo "${0##*/}: needs python3, 3.10 or later" >&2
  exit 2
fi
