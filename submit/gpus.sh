#!/usr/bin/env bash
# Tells Spark which GPUs a machine has: the discovery script of a worker or an executor,
# spark.worker.resource.gpu.discoveryScript or spark.executor.resource.gpu.discoveryScript.
# Prints {"name":"gpu","addresses":["0","1"]}, by the numbers of nvidia-smi.
set -euo pipefail

if ! command -v nvidia-smi >/dev/null; then
  echo "submit/gpus.sh: no nvidia-smi on the path; the rule: a machine with NVIDIA's driver. Maybe no discovery script here: a worker without GPUs needs none." >&2
  exit 1
fi
if ! numbers=$(nvidia-smi --query-gpu=index --format=csv,noheader 2>&1); then
  echo "submit/gpus.sh: nvidia-smi says \"$numbers\"; the rule: a driver that works. Maybe it was updated, and the machine was not started again." >&2
  exit 1
fi
printf '{"name":"gpu","addresses":["%s"]}\n' "$(printf '%s' "$numbers" | tr -d ' \r' | paste -sd, | sed 's/,/","/g')"
