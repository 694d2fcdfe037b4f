# shellcheck shell=sh
# Finds the JDK that ./privateshare and ./check build and run with. Sourced, never run.

# The same number as maven.compiler.release in pom.xml.
jdk_needed=25

# is_jdk HOME: whether HOME is a JDK (with a compiler) of at least the needed version. Reads the
# `release` file that every JDK since 9 has, because starting java to ask would cost 50 ms.
is_jdk() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    [ "$key" = JAVA_VERSION ] || continue
    value=${value#\"}
    value=${value%%[!0-9]*}
    [ "${value:-0}" -ge "$jdk_needed" ]
    return
  done <"$1/release"
  return 1
}

# find_jdk: sets `jdk` to the home of the first JDK that will do: JAVA_HOME, then PATH, then the
# places where package managers and people put them. Fails if there is none.
find_jdk() {
  jdk=${JAVA_HOME:-}
  is_jdk "$jdk" && return
  jdk=$(command -v javac) && jdk=$(readlink -f "$jdk" 2>/dev/null) && jdk=${jdk%/bin/javac}
  is_jdk "$jdk" && return
  for jdk in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/* /opt/java/* /opt/jdk/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.asdf/installs/java/* \
    "${HOME:-}"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    is_jdk "$jdk" && return
  done
  return 1
}

# explain_jdk: says on stderr what is missing and how to get it.
explain_jdk() {
  cat >&2 <<TEXT
privateshare needs a JDK $jdk_needed or newer and found none in JAVA_HOME, on PATH or in the usual places.
  Debian, Ubuntu:  sudo apt-get install openjdk-$jdk_needed-jdk-headless
  Fedora:          sudo dnf install java-$jdk_needed-openjdk-devel
  macOS:           brew install openjdk@$jdk_needed
  anywhere:        unpack a build from https://adoptium.net and set JAVA_HOME to its folder
TEXT
}
