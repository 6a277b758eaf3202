#!/usr/bin/env bash
# All of what is long: the whole fuzzers, many random histories, every kind of store. `.ci/run` runs a share of it. Needs what
# `npm ci` installs; takes some hours on two cores. Ends with "N passed, N failed, N skipped"; the exit code is 1 when any failed.
#
#   scripts/long-checks.sh          all of it
#   scripts/long-checks.sh fuzz     the steps whose names contain a word
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/steps.sh
. scripts/steps.sh

only=${1:-}
long() { case "$1" in *"$only"*) step "$@" ;; esac; }

vitest() { npx vitest run --maxWorkers=1 "$@"; }

generated_requests() { FUZZ_REQUESTS=${FUZZ_REQUESTS:-100000} vitest test/security/fuzz.test.ts; }

# 1,000,000 take some hour and a half on one quiet core.
differential() { DIFFERENTIAL_DOCUMENTS=${DIFFERENTIAL_DOCUMENTS:-1000000} vitest test/graphql/differential.test.ts; }

# Each seed is another set of 200 histories on all three stores. A failure prints its seed.
histories() {
  local seed
  for seed in $(seq 1 "${HISTORIES:-50}"); do
    HISTORY_SEED=$seed HISTORY_ROUNDS=${HISTORY_ROUNDS:-25} vitest test/stores/same-histories.test.ts || return 1
  done
}

# Its properties take other values each time.
rules() {
  local run
  for run in $(seq 1 "${RULES:-20}"); do
    vitest test/cart || { echo "in run $run"; return 1; }
  done
}

# What clients write, in 100,000 lines of the log.
log_lines() { LOG_LINES=${LOG_LINES:-100000} vitest test/security/log-lines.test.ts; }

# Several clients at once against the rules of the cart, on two processes that are cut off, killed and started again.
reliability() {
  RELIABILITY_SIMULATIONS=${RELIABILITY_SIMULATIONS:-20000} RELIABILITY_HISTORIES=${RELIABILITY_HISTORIES:-100} \
    RELIABILITY_OPENINGS=${RELIABILITY_OPENINGS:-20} RELIABILITY_CRASHES=${RELIABILITY_CRASHES:-50} vitest test/reliability
}

# All interleavings of the model and the tests of a store on moves, with other histories each time; then carts move there and back while
# several clients use them: 1,000 histories over processes are some hours on two cores.
moves() {
  local run
  for run in $(seq 1 "${MOVE_RUNS:-10}"); do
    MOVE_PLAYS=all MOVE_CHECKS=all vitest test/stores/moving || { echo "in run $run"; return 1; }
  done
  RELIABILITY_SIMULATED_MOVES=${SIMULATED_MOVES:-5000} vitest test/reliability/moving || return 1
  RELIABILITY_MOVES=${MOVES:-56} RELIABILITY_MOVES_FROM=0 RELIABILITY_MOVE_HISTORIES=${MOVE_HISTORIES:-20} \
    vitest test/reliability/processes/moving.test.ts || return 1
  RELIABILITY_SHOP_CARTS=${SHOP_CARTS:-100000} vitest test/reliability/processes/moving-shop.test.ts
}

long 'fuzz: generated requests to each store' generated_requests
long 'fuzz: documents executed as graphql-js executes them' differential
long 'log: nothing that clients write' log_lines
long 'histories: the same on every store' histories
long 'reliability: histories of several clients, races, crashes' reliability
long 'moves: all interleavings, the tests of a store on moves, histories, and a shop of 100,000 carts' moves
long 'rules: the properties of the cart' rules
# Both fail where a goal is missed. They want a machine that has nothing else to do.
overload() { npm run bench -- --only=overload; }
soak() { npm run bench -- --only=soak --minutes="${SOAK_MINUTES:-30}"; }

# More ends under load than npm test takes.
drains() { DRAINS=${DRAINS:-30} vitest test/process/drain.test.ts; }

long 'drain: ends under load, with one process and with four' drains
long 'overload: goodput beyond the knee' overload
long 'soak: half an hour of load' soak
long 'terraform: validated, tested, and applied on an emulated AWS in every set-up' scripts/check-terraform.sh

summary
