#!/usr/bin/env bash
# Tests ./privateshare from the outside, on a copy of the sources in a folder with a space in its
# name. Prints one line a test and, last, how many passed and failed.
set -u

sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd -P)
work=$(mktemp -d)
home="$work/a place with spaces/privateshare"
launcher="$home/privateshare"
passed=0
failed=0

cleanup() {
  while read -r server; do kill -KILL "$server" 2>/dev/null; done <"$work/servers"
  rm -rf "$work"
}
: >"$work/servers"
trap cleanup EXIT

# check NAME FUNCTION: the function runs in a shell and a folder of its own and fails at its first
# command that does. (Not as the condition of an `if`: there, `set -e` has no effect.)
check() {
  local folder="$work/$2" code
  mkdir "$folder"
  (
    set -e
    cd "$folder"
    "$2"
  ) >"$folder.log" 2>&1
  code=$?
  if [ "$code" -eq 0 ]; then
    passed=$((passed + 1))
    printf 'ok    %s\n' "$1"
  else
    failed=$((failed + 1))
    printf 'FAIL  %s\n' "$1"
    sed 's/^/      /' "$folder.log"
  fi
}

refute() {
  if "$@"; then
    echo "should have failed: $*"
    return 1
  fi
}

# expect_exit CODE COMMAND...: what the command says goes to the files out and err.
expect_exit() {
  local expected=$1 actual=0
  shift
  "$@" >out 2>err </dev/null || actual=$?
  [ "$actual" -eq "$expected" ] && return
  printf 'exit code %s instead of %s: %s\n' "$actual" "$expected" "$*"
  cat out err
  return 1
}

# wait_for COMMAND...: until it succeeds, 60 s at most.
wait_for() {
  local deadline=$((SECONDS + 60))
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || { echo "gave up waiting for: $*"; return 1; }
    sleep 0.05
  done
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

answers() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# serve [ENV...]: starts a server of the folder `share`; sets port and server.
serve() {
  mkdir -p share
  port=$(free_port)
  set -m # or the shell would let the server ignore SIGINT
  env "$@" "$launcher" serve share "$port" >serve.log 2>&1 </dev/null &
  server=$!
  set +m
  echo "$server" >>"$work/servers"
  wait_for answers "$port" || { cat serve.log; return 1; }
}

# stopped_with SIGNAL: the exit code of the server after the signal.
stopped_with() {
  kill "-$1" "$server"
  wait "$server"
}

builds_so_far() {
  cat "$home/.build/current"
}

two_first_uses_build_once() {
  "$launcher" --version >out1 2>err1 &
  local other=$!
  "$launcher" --version >out2 2>err2
  wait "$other"
  cat err1 err2
  [ -s out1 ] && cmp out1 out2
  [ "$(cat err1 err2 | grep -c building)" -eq 1 ]
  [ ! -e "$home/.build/lock" ]
}

second_use_builds_nothing() {
  local before
  before=$(builds_so_far)
  expect_exit 0 "$launcher" --version
  [ ! -s err ]
  [ "$(builds_so_far)" = "$before" ]
}

changed_source_builds_again_and_keeps_what_runs() {
  local before
  before=$(builds_so_far)
  touch "$home/src/main/java/org/privateshare/cli/Main.java"
  ln -s 4194305 "$home/.build/lock" # as left by a process that was killed
  expect_exit 0 "$launcher" --version
  grep -q building err
  [ "$(builds_so_far)" != "$before" ]
  [ -f "$home/.build/$before/privateshare.jar" ]
}

failed_build_says_why_and_keeps_its_log() {
  local source="$home/src/main/java/org/privateshare/cli/Main.java" before
  before=$(builds_so_far)
  cp -p "$source" kept
  echo 'this is not Java' >>"$source"
  expect_exit 2 "$launcher" --version || return 1
  cp -p kept "$source"
  grep -q 'Main.java' err
  grep -q 'Main.java' "$home/.build/build.log"
  [ ! -e "$home/.build/lock" ]
  [ "$(builds_so_far)" = "$before" ]
  expect_exit 0 "$launcher" --version
}

works_through_links_from_anywhere() {
  mkdir 'my links'
  ln -s "$launcher" 'my links/first'
  ln -s 'my links/first' second
  expect_exit 0 ./second --version
  (cd / && "$OLDPWD/my links/first" --version)
  PATH="$PWD/my links:$PATH" expect_exit 0 first --version
}

works_in_an_empty_environment() {
  expect_exit 0 env -i "PATH=$PATH" "$launcher" --version
}

arguments_arrive_as_they_were_typed() {
  serve
  printf 'two words' >'share/two  words'
  expect_exit 0 "$launcher" get 'two  words' "127.0.0.1:$port"
  [ "$(cat 'two  words')" = 'two words' ]
  stopped_with TERM
}

exit_codes_pass_through() {
  expect_exit 0 "$launcher" --help
  expect_exit 2 "$launcher" --no-such-option
  serve
  expect_exit 4 "$launcher" get missing "127.0.0.1:$port"
  stopped_with TERM
  expect_exit 7 "$launcher" list "127.0.0.1:$port"
}

names_survive_without_a_locale() {
  serve -u LC_ALL -u LC_CTYPE LANG=C
  echo hello >'grün-日本.txt'
  expect_exit 0 env -u LC_ALL -u LC_CTYPE LANG=C "$launcher" put 'grün-日本.txt' "127.0.0.1:$port"
  cmp 'grün-日本.txt' 'share/grün-日本.txt'
  expect_exit 0 env LC_ALL=POSIX "$launcher" list "127.0.0.1:$port"
  grep -q 'grün-日本.txt' out
  expect_exit 0 env LC_ALL=xx_XX.none "$launcher" list "127.0.0.1:$port"
  grep -q 'grün-日本.txt' out
  stopped_with TERM
}

sigterm_stops_the_server_cleanly() {
  serve
  [ "$(readlink "/proc/$server/exe")" != "$(readlink /proc/$$/exe)" ] # it became the program
  stopped_with TERM
}

sigint_stops_the_server_cleanly() {
  serve
  stopped_with INT
}

sigint_ends_a_command_with_130() {
  serve
  kill -STOP "$server" # connects, but gets no answer
  set -m
  "$launcher" get anything "127.0.0.1:$port" >out 2>err </dev/null &
  local command=$! code=0
  set +m
  wait_for connected "$command"
  kill -INT "$command"
  wait "$command" || code=$?
  kill -CONT "$server"
  stopped_with TERM
  [ "$code" -eq 130 ]
}

# connected PID: the process holds a TCP connection, open or half closed.
connected() {
  local socket
  for socket in $(readlink /proc/"$1"/fd/* | sed -n 's/^socket:\[\(.*\)]$/\1/p'); do
    grep -qE " 0[145] .* $socket " /proc/net/tcp /proc/net/tcp6 && return
  done
  return 1
}

java_options_are_added() {
  PRIVATESHARE_JAVA_OPTS='-Dnothing=1 -version' expect_exit 0 "$launcher"
  grep -qE 'version "(2[5-9]|[3-9][0-9])' err
}

starts_from_the_class_cache_or_quietly_without() {
  PRIVATESHARE_JAVA_OPTS='-XX:AOTMode=on' expect_exit 0 "$launcher" --version
  cp out with
  PRIVATESHARE_JAVA_OPTS='-XX:+UseCompactObjectHeaders' expect_exit 0 "$launcher" --version
  cmp with out
  [ ! -s err ]
  mv "$home/.build/$(builds_so_far)/client.aot" kept
  expect_exit 0 "$launcher" --version
  mv kept "$home/.build/$(builds_so_far)/client.aot"
  cmp with out
  [ ! -s err ]
}

# the_build_left FILE...: all of them are in the folder of the current build.
the_build_left() {
  local file
  for file in "$@"; do
    [ -s "$home/.build/$(builds_so_far)/$file" ] || { echo "no $file"; return 1; }
  done
}

the_server_starts_from_its_class_cache() {
  the_build_left server.aot
  serve PRIVATESHARE_JAVA_OPTS=-XX:AOTMode=on
  stopped_with TERM
}

nothing_of_the_rehearsal_stays() {
  [ ! -e "$home/.build/$(builds_so_far)/rehearsal" ]
  refute pgrep -f "$home/.build/.*/rehearsal/share"
}

# A browser's page needs files that are found by looking into the jar.
the_page_is_in_the_jar() {
  serve
  python3 - "$port" <<'TEXT'
import ssl, sys, urllib.error, urllib.request
request = urllib.request.Request(f'https://127.0.0.1:{sys.argv[1]}/', headers={'Accept': 'text/html'})
try:
    urllib.request.urlopen(request, context=ssl._create_unverified_context())
except urllib.error.HTTPError as refusal:
    assert refusal.code == 401 and b'/signin.js' in refusal.read(), refusal
TEXT
  stopped_with TERM
}

the_program_is_one_jar_without_native_libraries() {
  local app
  app="$home/.build/$(builds_so_far)"
  [ "$(find "$app" -name '*.jar')" = "$app/privateshare.jar" ]
  ls "$app"/native/libconscrypt_openjdk_jni-linux-*.so
  refute grep -q META-INF/native/ "$app/privateshare.jar"
}

# What the build makes of a switch over types and of records does what Java makes of them.
plain_calls_do_the_same() {
  local jdk
  # shellcheck source=src/main/sh/jdk.sh
  . "$sources/src/main/sh/jdk.sh"
  find_jdk
  mkdir classes lib native
  "$jdk/bin/javac" -d classes "$sources/src/it/app/Calls.java"
  "$jdk/bin/jar" -c -f calls.jar -e Calls -C classes .
  "$jdk/bin/java" -jar calls.jar >linked
  "$jdk/bin/java" "$sources/src/main/app/Lighten.java" calls.jar lib native
  "$jdk/bin/java" -Xverify:all -jar calls.jar >plain
  cmp linked plain
  [ "$(wc -l <linked)" -gt 200 ]
  "$jdk/bin/java" -Xlog:class+load:file=loaded -jar calls.jar >plain
  # A constant of an enum among types, and a component that is a number, stay as they are.
  [ "$(grep -c 'TypeSwitch/' loaded)" -eq 2 ]
}

# Classes made at run time are in no cache.
commands_make_no_classes_for_switches() {
  serve
  PRIVATESHARE_JAVA_OPTS='-Xlog:class+load:file=loaded' expect_exit 0 "$launcher" list "127.0.0.1:$port"
  stopped_with TERM
  grep -q org.privateshare.cli.Main loaded
  refute grep -qE 'org.privateshare.*TypeSwitch' loaded
}

older_jdk_is_passed_over() {
  mkdir -p old/bin
  printf '#!/bin/sh\necho old\n' | tee old/bin/java >old/bin/javac
  chmod +x old/bin/*
  echo 'JAVA_VERSION="17.0.1"' >old/release
  JAVA_HOME=$PWD/old PATH="$PWD/old/bin:$PATH" expect_exit 0 "$launcher" --version
  refute grep -q old out
}

no_jdk_says_how_to_get_one() {
  cp -R "$home/privateshare" "$home/src" "$home/pom.xml" .
  sed -i 's/^jdk_needed=.*/jdk_needed=99/' src/main/sh/jdk.sh
  expect_exit 2 ./privateshare --version
  grep -q 'needs a JDK 99' err
  grep -q 'apt-get install' err
  [ ! -s out ]
}

no_maven_says_how_to_get_it() {
  cp -R "$home/privateshare" "$home/src" "$home/pom.xml" .
  mkdir tools
  local tool
  for tool in sh dirname readlink find head mkdir ln rm date locale sleep javac; do
    ln -s "$(command -v "$tool")" "tools/$tool"
  done
  PATH="$PWD/tools" expect_exit 2 ./privateshare --version
  grep -q 'Maven is missing' err
}

jdk_number_is_that_of_the_pom() {
  local number
  number=$(sed -n 's/^jdk_needed=//p' "$sources/src/main/sh/jdk.sh")
  grep -q "<maven.compiler.release>$number</maven.compiler.release>" "$sources/pom.xml"
}

mkdir -p "$home/src"
cp -R "$sources/privateshare" "$sources/pom.xml" "$home"
cp -R "$sources/src/main" "$home/src/main"

check 'two first uses at once build once' two_first_uses_build_once
check 'the second use builds nothing' second_use_builds_nothing
check 'a changed source builds again and keeps what runs' changed_source_builds_again_and_keeps_what_runs
check 'a failed build says why and keeps its log' failed_build_says_why_and_keeps_its_log
check 'works through links, from anywhere' works_through_links_from_anywhere
check 'works in an empty environment' works_in_an_empty_environment
check 'arguments arrive as they were typed' arguments_arrive_as_they_were_typed
check 'exit codes pass through' exit_codes_pass_through
check 'names survive without a locale' names_survive_without_a_locale
check 'SIGTERM stops the server cleanly' sigterm_stops_the_server_cleanly
check 'SIGINT stops the server cleanly' sigint_stops_the_server_cleanly
check 'SIGINT ends a command with 130' sigint_ends_a_command_with_130
check 'PRIVATESHARE_JAVA_OPTS are added' java_options_are_added
check 'starts from the class cache or, quietly, without' starts_from_the_class_cache_or_quietly_without
check 'the server starts from its class cache' the_server_starts_from_its_class_cache
check 'nothing of the rehearsal stays' nothing_of_the_rehearsal_stays
check 'the program is one jar, native libraries beside it' the_program_is_one_jar_without_native_libraries
check 'plain calls do the same' plain_calls_do_the_same
check 'commands make no classes for switches' commands_make_no_classes_for_switches
check 'the page is in the jar' the_page_is_in_the_jar
check 'an older JDK is passed over' older_jdk_is_passed_over
check 'no JDK: says how to get one' no_jdk_says_how_to_get_one
check 'no Maven: says how to get it' no_maven_says_how_to_get_it
check 'the JDK number is that of the pom' jdk_number_is_that_of_the_pom

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
