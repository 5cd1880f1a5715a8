# Sourced by the tests of ./vedette without containers: a stack in VEDETTE_HOME, of the checkout $software.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"
VEDETTE_API_PORT="$(free_port)" VEDETTE_S3_PORT="$(free_port)" VEDETTE_KAFKA_PORT="$(free_port)" VEDETTE_POSTGRES_PORT="$(free_port)"
export VEDETTE_API_PORT VEDETTE_S3_PORT VEDETTE_KAFKA_PORT VEDETTE_POSTGRES_PORT
export VEDETTE_BACKBONE=mobilenet-v2 VEDETTE_IMAGE_SIDE=192 AWS_DATA_PATH="$root/deploy/clients/botocore"
export AWS_REQUEST_CHECKSUM_CALCULATION=when_required AWS_RESPONSE_CHECKSUM_VALIDATION=when_required
software="$root"
cd "$work"
vedette() { "$software/vedette" "$@"; }

clean_up() {
    [ "$1" = 0 ] || { tail -n 20 "$work/vedette.log"; vedette logs || true; } >&2
    down
}
down() { vedette down >/dev/null; }
ready() {
    grep -q "Vedette is ready" "$work/vedette.log" && return
    kill -0 "$launcher" 2>/dev/null || { say "the stack did not start"; exit 1; }
    return 1
}
up() {
    vedette up >"$work/vedette.log" 2>&1 &
    launcher=$!
    await ready
    # the key itself, as curl reads no profiles
    AWS_ACCESS_KEY_ID="$(sed -n 's/^aws_access_key_id = //p' "$VEDETTE_HOME/credentials")"
    AWS_SECRET_ACCESS_KEY="$(sed -n 's/^aws_secret_access_key = //p' "$VEDETTE_HOME/credentials")"
    . "$VEDETTE_HOME/env"
    unset AWS_PROFILE AWS_SHARED_CREDENTIALS_FILE
    export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
}
