#!/usr/bin/env bash
# Puts a file with curl until it is there, and goes on where the server advises when it was cut off,
# or somebody else was:
#
#   put-on.sh FILE URL [OPTION OF CURL]...
#
# Says what each try came to. Ends with 3 where the name is taken, by whomever.
set -u
file=$1 url=$2
shift 2
options=("$@")
# Nothing can be there of just one byte: the answer tells where to go on.
ask=(-C 1)
from=("${ask[@]}")
put() {
  curl -sS --fail-with-body --speed-time 2 --speed-limit 1 "$@" -T "$file" "$url" 2>&1
}
until answer=$(put "${from[@]}" "${options[@]}"); do
  echo "$answer"
  if [[ $answer =~ "curl -C "([0-9]+)" -T FILE" ]]; then
    from=(-C "${BASH_REMATCH[1]}")
  elif [[ $answer == *"send it whole: curl -T FILE"* ]]; then
    from=()
  elif [[ $answer == "taken:"* ]]; then
    exit 3
  else
    sleep 0.2
    from=("${ask[@]}")
  fi
done
echo "$answer"
