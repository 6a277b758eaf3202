# shellcheck shell=bash
# How .ci/run and scripts/long-checks.sh count: every step runs, also after one that failed.
passed=0
failed=0
skipped=0

step() { # step NAME COMMAND…
  local name=$1 started=$SECONDS
  shift
  echo
  echo "== $name"
  if "$@"; then
    passed=$((passed + 1))
    echo "passed: $name ($((SECONDS - started)) s)"
  else
    failed=$((failed + 1))
    echo "FAILED: $name ($((SECONDS - started)) s)"
  fi
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
