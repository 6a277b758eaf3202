# shellcheck shell=bash
# How .ci/run and scripts/long-checks.sh count: every step runs, also after one that failed.
passed=0
failed=0
skipped=0

# Counts what has come of a step, and says it.
ended() { # ended NAME STATUS SECONDS
  if [ "$2" -eq 0 ]; then
    passed=$((passed + 1))
    echo "passed: $1 ($3 s)"
  else
    failed=$((failed + 1))
    echo "FAILED: $1 ($3 s)"
  fi
}

step() { # step NAME COMMAND…
  local name=$1 started=$SECONDS
  shift
  echo
  echo "== $name"
  "$@"
  ended "$name" $? $((SECONDS - started))
}

# Steps that touch nothing of each other, two at a time: begin each, then wait for all. What one prints comes in one piece.
begun=()
begin() { # begin NAME COMMAND…
  while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
  local folder
  folder=$(mktemp -d)
  echo "$1" >"$folder/name"
  shift
  (
    started=$SECONDS
    "$@" >"$folder/log" 2>&1
    echo "$? $((SECONDS - started))" >"$folder/end"
  ) &
  begun+=("$folder")
}
wait_for_begun() {
  local folder status seconds
  wait
  for folder in "${begun[@]}"; do
    # One that was killed has told nothing.
    read -r status seconds <"$folder/end" || { status=1 seconds='?'; }
    echo
    echo "== $(cat "$folder/name")"
    cat "$folder/log"
    ended "$(cat "$folder/name")" "$status" "$seconds"
    rm -rf "$folder"
  done
  begun=()
}

# A step that this machine cannot take is counted as skipped, never as passed.
skip() { # skip NAME REASON
  echo
  echo "== $1: skipped, $2"
  skipped=$((skipped + 1))
}

summary() {
  echo
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
}
