# Sourced by mvnw and openrun: sets JAVA_HOME to a JDK 25 or newer, or says what to do where there is none.

jdk_is_new_enough() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  jdk_major=
  while IFS='="' read -r jdk_key _ jdk_value _; do
    [ "$jdk_key" = JAVA_VERSION ] && jdk_major=${jdk_value%%[!0-9]*}
  done <"$1/release"
  [ "${jdk_major:-0}" -ge 25 ]
}

jdk_of_path() {
  jdk_program=$(command -v javac) || return 1
  while [ -L "$jdk_program" ]; do
    jdk_target=$(readlink "$jdk_program")
    case $jdk_target in
      /*) jdk_program=$jdk_target ;;
      *) jdk_program=$(dirname "$jdk_program")/$jdk_target ;;
    esac
  done
  (cd "$(dirname "$jdk_program")/.." && pwd -P)
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && jdk_is_new_enough "$JAVA_HOME"; then
    export JAVA_HOME
    return 0
  fi
  jdk_on_path=$(jdk_of_path || true)
  for jdk_home in "$jdk_on_path" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -n "$jdk_home" ] && jdk_is_new_enough "$jdk_home"; then
      JAVA_HOME=$jdk_home
      export JAVA_HOME
      return 0
    fi
  done
  echo "Openrun needs a JDK 25 or newer and found none: install one (for example from https://adoptium.net) or set JAVA_HOME to it." >&2
  return 1
}
