# What the scripts here share; they source it. $root is the project's folder.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Whether a file of the build is missing or older than the sources.
stale() {
  local sources=("$root/pom.xml" "$root/src/main" "$root/src/site/markdown/configuration.md")
  [ ! -f "$1" ] || [ -n "$(find "${sources[@]}" -newer "$1" -print -quit)" ]
}

# Options are Maven's.
build() {
  echo "Building gauntlet (the first time downloads its libraries) ..." >&2
  mvn -f "$root/pom.xml" -q -B -DskipTests "$@" package >&2
}
