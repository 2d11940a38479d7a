#!/usr/bin/env bash
# Runs a search on this machine, with Spark inside the process: submit/local.sh CONF [OPTIONS]
# Any other command of gauntlet works too: submit/local.sh validate CONF; submit/local.sh --help
# Needs JDK 17 and Maven. Builds first if the jar is missing or older than the sources, or if a
# library is gone.
# GAUNTLET_HEAP sets the heap (default 1g).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

jar=$root/target/gauntlet.jar
# Ours, then Spark's: submit/cluster.sh takes these from the cluster.
lists=("$root/target/classpath" "$root/target/classpath-spark")

libraries() {
  local list
  for list in "${lists[@]}"; do
    printf ':%s' "$(cat "$list")"
  done
}

# The libraries are used where Maven keeps them, and may be cleared away there.
incomplete() {
  local library
  [ -f "${lists[0]}" ] && [ -f "${lists[1]}" ] || return 0
  while IFS= read -r -d : library; do
    [ -z "$library" ] || [ -f "$library" ] || return 0
  done <<<"$(libraries):"
  return 1
}

if stale "$jar" || incomplete; then
  build -Dspark-jar.skip=true
fi

case "${1:-}" in
  *.yaml | *.yml) set -- run "$@" ;;
esac

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
opens=()
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
  java.util.concurrent java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action \
  sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done

# One thread per trial in BLAS and OpenMP: Spark runs the trials side by side.
export OMP_NUM_THREADS=1
# Many short-lived arrays: the parallel collector with a small young generation takes half of G1's
# time, and reading the size of the process at every array a third more.
exec "$java" "-Xmx${GAUNTLET_HEAP:-1g}" -XX:+UseParallelGC -Xmn64m \
  -Dorg.bytedeco.javacpp.maxphysicalbytes=0 "${opens[@]}" \
  -cp "$jar$(libraries)" dev.gauntlet.cli.GauntletCommand "$@"
