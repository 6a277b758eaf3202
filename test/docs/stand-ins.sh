# What docs/deploy.md calls and a test cannot have: an AWS account, Terraform with its provider, a Docker daemon, and
# jq where it is missing. Every call is written to the file $CALLS; what a later command needs of it is printed.
set -euo pipefail
aws() {
  echo "aws $*" >>"$CALLS"
  case "$*" in
    *get-login-password*) echo password ;;
    *get-secret-value*) echo "$SECRET" ;;
    *describe-tasks*) echo 0 ;;
    *run-task*) echo arn:aws:ecs:task/1 ;;
  esac
}
terraform() {
  echo "terraform $*" >>"$CALLS"
  case "$*" in
    'output -raw url') echo "$SERVICE" ;;
    'output -raw migration_command' | 'output -raw seed_command') echo 'aws ecs run-task' ;;
    'output -json log_group_names') echo '{"service":"/ecs/cartwright"}' ;;
    'output -json move_commands')
      for step in migrate catalogue run verify status; do echo "\"$step\":\"aws ecs run-task $step\""; done | paste -sd, | sed 's/.*/{&}/'
      ;;
    output*) echo "${*: -1}" ;;
  esac
}
docker() {
  echo "docker $*" >>"$CALLS"
  case "$*" in
    login*) cat >/dev/null ;;
    *'--metadata-file image.json'*) echo '{"containerimage.digest":"sha256:0000"}' >image.json ;;
    *'imagetools inspect'*) echo sha256:0000 ;;
  esac
}
command -v jq >/dev/null || jq() {
  case "$*" in *image.json) ;; *) cat >/dev/null ;; esac
  case "$*" in
    '-r .migrate' | '-r .catalogue' | '-r .run' | '-r .verify' | '-r .status') echo "aws ecs run-task ${2#.}" ;;
    *) echo /ecs/cartwright ;;
  esac
}
