#!/usr/bin/env bash
# Holds terraform/ against the real AWS provider: validate, test, and apply on an emulated AWS (moto). Ends with
# "N passed, N failed, N skipped"; the exit code is 1 when any failed, and what this machine cannot do is skipped.
#
#   scripts/check-terraform.sh               everything; some 40 minutes on two cores
#   scripts/check-terraform.sh validate test 'apply DynamoDB alone'     only the steps whose names begin so
#
# Needs terraform, and the provider: TERRAFORM_PLUGINS names the folder above registry.terraform.io, a usual one is found by
# itself, and else it is downloaded. Applying needs curl and a Python with moto[server,all] in it (MOTO_PYTHON); where there is
# only python3, one is made from PyPI in a temporary folder. Nothing here reaches AWS: every address is this machine's.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/steps.sh
. scripts/steps.sh

[ "$#" -gt 0 ] || set -- validate test apply
only=("$@")
wanted() { # wanted NAME
  local beginning
  for beginning in "${only[@]}"; do
    case "$1" in "$beginning"*) return 0 ;; esac
  done
  return 1
}

work=$(mktemp -d)
emulator=""
service=""
stop() {
  for pid in $service $emulator; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; done
  service="" emulator=""
}
trap 'stop; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

export TF_IN_AUTOMATION=1 TF_INPUT=0 CHECKPOINT_DISABLE=1 TF_CLI_CONFIG_FILE="$work/terraformrc"
: >"$TF_CLI_CONFIG_FILE"
# What somebody has set for an account of theirs must not count here.
unset "${!AWS_@}" "${!TF_VAR_@}"

# A copy: neither state nor lock file nor provider may be left in the folder that people apply.
cp -R terraform "$work/terraform"
rm -rf "$work"/terraform/.terraform* "$work"/terraform/*.tfstate* "$work"/terraform/terraform.tfvars "$work"/terraform/backend.tf
tf() { terraform -chdir="$work/terraform" "$@"; }

plugins() {
  local folder
  for folder in "${TERRAFORM_PLUGINS:-}" /opt/tf-plugins "$HOME/.terraform.d/plugins" /usr/local/share/terraform/plugins /usr/share/terraform/plugins; do
    if [ -d "$folder/registry.terraform.io/hashicorp/aws" ]; then
      echo "$folder"
      return
    fi
  done
}

init() {
  local folder
  folder=$(plugins)
  tf init -backend=false -no-color ${folder:+"-plugin-dir=$folder"} >"$work/init.log" 2>&1
}

# Earlier ones forget an interval of RDS's monitoring: what was applied would seem to have changed.
least_moto=5.2.5
is_moto="import moto.server; assert tuple(map(int, moto.__version__.split('.')[:3])) >= tuple(map(int, '$least_moto'.split('.')))"

# The emulator's Python; false when there is none.
python() {
  local candidate
  for candidate in "${MOTO_PYTHON:-}" "$work/venv/bin/python"; do
    if [ -x "$candidate" ] && "$candidate" -c "$is_moto" 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  { python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q "moto[server,all]>=$least_moto"; } >"$work/pip.log" 2>&1 || return 1
  echo "$work/venv/bin/python"
}

free_port() { node -e "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})"; }

# Starts an AWS with nothing in it, and makes it the only one that Terraform and the service can reach.
emulate() {
  stop
  local port
  port=$(free_port)
  MOTO_IAM_LOAD_MANAGED_POLICIES=true "$moto" scripts/aws-emulator.py -H 127.0.0.1 -p "$port" >"$work/emulator.log" 2>&1 &
  emulator=$!
  export AWS_ENDPOINT_URL="http://127.0.0.1:$port" AWS_ACCESS_KEY_ID=emulated AWS_SECRET_ACCESS_KEY=emulated
  rm -f "$work"/terraform/terraform.tfstate*
  cat >"$work/terraform/emulated_override.tf" <<'HCL'
provider "aws" {
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  s3_use_path_style           = true
}
HCL
  for _ in $(seq 1 240); do
    curl -sf -o /dev/null "$AWS_ENDPOINT_URL/moto-api/data.json" && return
    kill -0 "$emulator" 2>/dev/null || break
    sleep 0.5
  done
  cat "$work/emulator.log"
  return 1
}

# What every set-up here is given. Staging, since production may not be destroyed.
settings=(
  -var environment=staging -var deletion_protection=false
  -var "image_digest=sha256:0000000000000000000000000000000000000000000000000000000000000000"
  # The emulator looks at all of an index for one page of it, a second for the demo catalogue.
  -var 'dynamodb_client={connect_timeout_ms=10000,request_timeout_ms=30000}' -var 'limits={request_timeout_ms=60000}'
)

# A command whose output is wanted only when it failed.
quietly() { "$@" >"$work/command.log" 2>&1 || { tail -n 60 "$work/command.log"; return 1; }; }

applies() {
  quietly tf apply -no-color -auto-approve "${settings[@]}" "$@" || return 1
  grep '^Apply complete' "$work/command.log"
}

# A second plan must find nothing to do.
changes_nothing() {
  quietly tf plan -no-color "-out=$work/again.tfplan" "${settings[@]}" "$@" || return 1
  tf show -json "$work/again.tfplan" | npx tsx test/terraform/planned-changes.ts
}

destroys() {
  quietly tf destroy -no-color -auto-approve "${settings[@]}" "$@" || return 1
  grep '^Destroy complete' "$work/command.log"
  [ -z "$(tf state list)" ]
}

# As applies, but first the plan is looked at: neither a database nor a table may go in it.
keeps_stores() {
  quietly tf plan -no-color "-out=$work/move.tfplan" "${settings[@]}" "$@" || return 1
  tf show -json "$work/move.tfplan" | npx tsx test/terraform/keeps-stores.ts || return 1
  quietly tf apply -no-color "$work/move.tfplan" || return 1
  grep '^Apply complete' "$work/command.log"
}

# The service in the tables that Terraform made, or in a PostgreSQL in the place of the database, as Fargate would start it.
serves() {
  tf output -json policies >"$work/policies.json" && npx tsx test/terraform/serve-emulated.ts <"$work/policies.json"
}

# set_up NAME ARGUMENTS…: one after the other, each only after the one before
set_up() {
  local name=$1
  shift
  wanted "apply $name" || return
  if [ -z "$moto" ]; then
    skip "apply $name" "$no_moto"
    return
  fi
  step "apply $name: an emulated AWS" emulate
  if [ "$name" = 'HTTPS in three zones' ]; then set -- "$@" -var "certificate_arn=$(certificate)"; fi
  step "apply $name: apply" applies "$@"
  step "apply $name: plan again, no changes" changes_nothing "$@"
  case "$name" in
    default)
      step "apply $name: the service on a database in the place of RDS's" serves
      step "apply $name: switch to DynamoDB" applies "$@" -var cart_store_type=dynamodb
      step "apply $name: plan again after the switch, no changes" changes_nothing "$@" -var cart_store_type=dynamodb
      step "apply $name: the service on its tables" serves
      step "apply $name: both stores are still there" stand 'module.rds[0].aws_db_instance.this' 'module.dynamodb[0].aws_dynamodb_table.carts'
      step "apply $name: switch back" applies "$@"
      ;;
    'a move and back')
      # docs/move.md, step by step. "follow" again, the other way round, is also the way back from a handover.
      local to from phase
      for to in dynamodb postgres; do
        from=$([ "$to" = dynamodb ] && echo postgres || echo dynamodb)
        for phase in follow handover; do
          step "apply $name: $phase, from $from" keeps_stores "$@" -var "cart_store_type=$from" -var "cart_store_move_to=$to" -var "cart_store_move_phase=$phase"
          [ "$phase" = handover ] || step "apply $name: plan again, no changes" changes_nothing "$@" -var "cart_store_type=$from" -var "cart_store_move_to=$to" -var "cart_store_move_phase=$phase"
        done
        [ "$to" = postgres ] || step "apply $name: the service with both stores" serves
        step "apply $name: in $to, while $from is left" keeps_stores "$@" -var "cart_store_type=$to" -var "cart_store_leaving=$from"
        step "apply $name: in $to alone" keeps_stores "$@" -var "cart_store_type=$to"
      done
      step "apply $name: the store that was left is deleted" applies "$@" -var create_dynamodb=false
      ;;
    'DynamoDB alone') step "apply $name: the service on its tables" serves ;;
    'HTTPS in three zones')
      step "apply $name: green beside blue" applies "$@" -var "green=$green"
      step "apply $name: plan again with green, no changes" changes_nothing "$@" -var "green=$green"
      ;;
  esac
  step "apply $name: destroy" destroys "$@"
  stop
}

# A certificate of the emulated AWS: a load balancer takes none that is not there.
certificate() {
  curl -sf "$AWS_ENDPOINT_URL" -H 'x-amz-target: CertificateManager.RequestCertificate' -H 'content-type: application/x-amz-json-1.1' \
    -H 'authorization: AWS4-HMAC-SHA256 Credential=emulated/20260101/us-west-2/acm/aws4_request, SignedHeaders=host, Signature=none' \
    -d '{"DomainName":"shop.example.com"}' | sed -n 's/.*"CertificateArn": *"\([^"]*\)".*/\1/p'
}

stand() { tf state show -no-color "$1" >/dev/null && tf state show -no-color "$2" >/dev/null; }

green='{image_digest="sha256:1111111111111111111111111111111111111111111111111111111111111111",percent=5}'
issuer=(-var auth_jwks_url=https://issuer.example.com/keys -var auth_jwt_issuer=https://issuer.example.com/ -var auth_jwt_audience=cartwright)

command -v terraform >/dev/null || reason='there is no terraform here'
if [ -z "${reason:-}" ] && ! init; then
  tail -n 5 "$work/init.log"
  reason='the AWS provider is neither here nor to be had'
fi
if [ -n "${reason:-}" ]; then
  for name in "${only[@]}"; do skip "terraform: $name" "$reason"; done
  summary
  exit
fi

if wanted validate; then step 'validate' tf validate -no-color; fi
if wanted test; then step 'test' tf test -no-color; fi

moto=""
no_moto="there is no Python with moto[server,all] from $least_moto on, and none can be had from PyPI"
case " ${only[*]}" in *' apply'*) moto=$(python) || moto="" ;; esac

set_up 'DynamoDB alone' -var cart_store_type=dynamodb -var create_postgres=false
set_up 'default'
set_up 'HTTPS in three zones' -var availability_zone_count=3 -var egress=nat_per_zone "${issuer[@]}"
set_up 'a move and back'
set_up 'no way to the internet' -var egress=endpoints -var cart_store_type=dynamodb -var create_postgres=false

summary
