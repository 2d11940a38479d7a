#!/usr/bin/env bash
# Runs a search on a Spark cluster:
#   submit/cluster.sh CONF --master spark://HOST:PORT [OPTIONS] [-- OPTIONS OF spark-submit]
# Any other command of gauntlet works too. The master is any that spark-submit knows, and that of
# conf/spark-defaults.conf if none is given. The driver is this process, so that data and results
# are on this machine.
# Needs SPARK_HOME, a Spark 3.5 with Scala 2.12, beside JDK 17 and Maven. Builds first if the jar
# is missing or older than the sources.
# GAUNTLET_HEAP sets the heap of the driver (default: Spark's).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

jar=$root/target/gauntlet-spark.jar

reject() {
  printf '%s\n' "$1" "1 problem; nothing was run." >&2
  exit 2
}

spark="the rule: the folder of a Spark 3.5 with Scala 2.12"
[ -n "${SPARK_HOME:-}" ] ||
  reject "SPARK_HOME: not set; $spark. Maybe export SPARK_HOME=/opt/spark, or submit/local.sh, which needs none."
[ -x "$SPARK_HOME/bin/spark-submit" ] ||
  reject "SPARK_HOME=$SPARK_HOME: no bin/spark-submit there; $spark. Maybe /opt/spark."
compgen -G "$SPARK_HOME/jars/spark-core_2.12-3.5.*.jar" >/dev/null ||
  reject "SPARK_HOME=$SPARK_HOME: no jars/spark-core_2.12-3.5.*.jar there; $spark. Maybe another version is installed."

case "${1:-}" in
  *.yaml | *.yml) set -- run "$@" ;;
esac

# Spark's options come first, so that those after -- win; but the driver stays here.
options=(${GAUNTLET_HEAP:+--driver-memory "$GAUNTLET_HEAP"})
command=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  case "$1" in
    --master=*) set -- --master "${1#*=}" "${@:2}" ;;
    --master)
      case "${2:-}" in
        local | local\[*\] | spark://*:* | yarn | k8s://*) ;;
        *) reject "--master ${2:-}: no master of Spark; the rule: spark://HOST:PORT, yarn, k8s://HOST or local[N]. Maybe spark://HOST:7077." ;;
      esac
      options+=(--master "$2")
      shift 2
      ;;
    *)
      command+=("$1")
      shift
      ;;
  esac
done
[ $# -eq 0 ] || shift

if stale "$jar"; then
  build
fi

# What submit/local.sh gives its process; executors get theirs from the driver. Spark logs before
# it has seen our jar.
export OMP_NUM_THREADS=1
export SPARK_SUBMIT_OPTS="-XX:+UseParallelGC -Xmn64m -Dorg.bytedeco.javacpp.maxphysicalbytes=0 \
-Dlog4j2.configurationFile=\"$root/src/main/resources/log4j2.properties\" ${SPARK_SUBMIT_OPTS:-}"
exec "$SPARK_HOME/bin/spark-submit" ${options[@]+"${options[@]}"} "$@" --deploy-mode client \
  "$jar" ${command[@]+"${command[@]}"}
