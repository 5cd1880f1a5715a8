# Sourced by the tests of docker-compose.yml: a project of its own with secrets of its own in $work/env, the store's port
# published, and the environment of the AWS CLI.
. "$(dirname "${BASH_SOURCE[0]}")/engine.sh"
compose=(docker-compose --project-name "vedette-test-$$" --env-file "$work/env"
    -f "$root/docker-compose.yml" -f "$root/deploy/compose/s3-port.yml")

clean_up() {
    [ "$1" = 0 ] || "${compose[@]}" logs --no-color --tail 40 >&2
    "${compose[@]}" down --volumes --timeout 20 >/dev/null 2>&1
}

# NAME VALUE: of the env file
change() { sed -i "s|^$1=.*|$1=$2|" "$work/env"; }
value() { sed -n "s/^$1=//p" "$work/env"; }
secrets_key() { head -c 32 /dev/urandom | base64; }

# one key for the api and the store, as the smoke test has only one
key="AKIA$(random 8 | tr a-f A-F)"
secret="$(random 20)"
cat >"$work/env" <<VALUES
COMPOSE_PROFILES=cpu
VEDETTE_ROOT_ACCESS_KEY_ID=$key
VEDETTE_ROOT_SECRET_ACCESS_KEY=$secret
VEDETTE_SECRETS_KEY=$(secrets_key)
VEDETTE_SECRETS_PREVIOUS_KEY=
VEDETTE_INFERENCE_SECRET=$(random 32)
POSTGRES_PASSWORD=$(random 24)
S3_ACCESS_KEY_ID=$key
S3_SECRET_ACCESS_KEY=$secret
VEDETTE_API_PORT=$(free_port)
S3_PORT=$(free_port)
VEDETTE_BACKBONE=mobilenet-v2
VEDETTE_IMAGE_SIDE=192
VALUES

export AWS_ACCESS_KEY_ID="$key" AWS_SECRET_ACCESS_KEY="$secret" AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
AWS_ENDPOINT_URL_LOOKOUTVISION="http://127.0.0.1:$(value VEDETTE_API_PORT)"
AWS_ENDPOINT_URL_S3="http://127.0.0.1:$(value S3_PORT)"
export AWS_ENDPOINT_URL_LOOKOUTVISION AWS_ENDPOINT_URL_S3
export AWS_REQUEST_CHECKSUM_CALCULATION=when_required AWS_RESPONSE_CHECKSUM_VALIDATION=when_required
export AWS_DATA_PATH="$root/deploy/clients/botocore"

healthy() {
    local id
    for id in $("${compose[@]}" ps -q); do [ "$(health "$id")" = healthy ] || return 1; done
}
# [SERVICE...]: all, or these, until they are healthy
up() {
    quietly up "${compose[@]}" up --detach "$@"
    await healthy || { "${compose[@]}" ps >&2; return 1; }
}

say "building"
quietly build "${compose[@]}" build --quiet
