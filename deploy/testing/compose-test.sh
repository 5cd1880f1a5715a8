#!/usr/bin/env bash
# Runs docker-compose.yml for real: builds the images, starts everything with secrets of its own, takes a project through its
# whole life with the AWS CLI, takes all of it down again, and starts and stops the standalone image. Exit code 0, or what
# went wrong with the ends of the logs.
#
#   deploy/testing/compose-test.sh        after mvn package -DskipTests; wants docker, docker-compose and aws
#
# Where no engine answers it starts dockerd (as root) and stops it at the end, and the FORWARD policy is what it was. Where
# the images that ours build on are missing, stand-ins.sh makes them first.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
work="$(mktemp -d)"
engine=""
flow=""
alone=""
forward="$(iptables -S FORWARD 2>/dev/null | sed -n 's/^-P FORWARD //p' || true)"
export DOCKER_BUILDKIT=0 COMPOSE_DOCKER_CLI_BUILD=0
compose=(docker-compose --project-name "vedette-test-$$" --env-file "$work/env"
    -f "$root/docker-compose.yml" -f "$root/deploy/compose/s3-port.yml")

clean() {
    local code=$?
    [ -z "$flow" ] || kill "$flow" 2>/dev/null || true
    if [ -n "$alone" ]; then
        docker logs --tail 40 "$alone" >&2 || true
        docker rm --force --volumes "$alone" >/dev/null || true
    fi
    [ $code = 0 ] || "${compose[@]}" logs --no-color --tail 40 >&2 || true
    "${compose[@]}" down --volumes --timeout 20 >/dev/null 2>&1 || true
    if [ -n "$engine" ]; then
        kill "$engine"
        wait "$engine" || true
        [ -z "$forward" ] || iptables -P FORWARD "$forward"
    fi
    rm -rf "$work"
    exit $code
}
trap clean EXIT
trap 'exit 143' TERM INT

if ! docker info >/dev/null 2>&1; then
    dockerd >"$work/dockerd.log" 2>&1 &
    engine=$!
    for _ in $(seq 60); do docker info >/dev/null 2>&1 && break; sleep 1; done
    docker info >/dev/null 2>&1 || { tail -n 20 "$work/dockerd.log" >&2; exit 1; }
fi
"$here/stand-ins.sh" complete || "$here/stand-ins.sh" build

random() { head -c "$1" /dev/urandom | od -An -tx1 | tr -d ' \n'; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
api="$(free_port)"
s3="$(free_port)"
key="AKIA$(random 8 | tr a-f A-F)"
secret="$(random 20)"
cat >"$work/env" <<VALUES
COMPOSE_PROFILES=cpu
VEDETTE_ROOT_ACCESS_KEY_ID=$key
VEDETTE_ROOT_SECRET_ACCESS_KEY=$secret
VEDETTE_SECRETS_KEY=$(head -c 32 /dev/urandom | base64)
VEDETTE_INFERENCE_SECRET=$(random 32)
POSTGRES_PASSWORD=$(random 24)
S3_ACCESS_KEY_ID=$key
S3_SECRET_ACCESS_KEY=$secret
VEDETTE_API_PORT=$api
S3_PORT=$s3
VEDETTE_BACKBONE=mobilenet-v2
VEDETTE_IMAGE_SIDE=192
VALUES

echo "building" >&2
"${compose[@]}" build --quiet >"$work/build.log" 2>&1 || { tail -n 30 "$work/build.log" >&2; exit 1; }
echo "starting" >&2
"${compose[@]}" up --detach >"$work/up.log" 2>&1 || { tail -n 30 "$work/up.log" >&2; exit 1; }
healthy() {
    local id
    for id in $("${compose[@]}" ps -q); do
        [ "$(docker inspect --format '{{.State.Health.Status}}' "$id")" = healthy ] || return 1
    done
}
for _ in $(seq 240); do healthy && break; sleep 2; done
healthy || { "${compose[@]}" ps >&2; exit 1; }
"${compose[@]}" ps >&2
[ "$("${compose[@]}" ps -q | wc -l)" = 7 ]

export AWS_ACCESS_KEY_ID="$key" AWS_SECRET_ACCESS_KEY="$secret" AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
export AWS_ENDPOINT_URL_LOOKOUTVISION="http://127.0.0.1:$api" AWS_ENDPOINT_URL_S3="http://127.0.0.1:$s3"
export AWS_REQUEST_CHECKSUM_CALCULATION=when_required AWS_RESPONSE_CHECKSUM_VALIDATION=when_required
export AWS_DATA_PATH="$root/deploy/clients/botocore"
bash "$root/deploy/clients/smoke/awscli.sh" &
flow=$!
wait "$flow"
flow=""
"${compose[@]}" down --volumes --timeout 30 >/dev/null 2>&1

echo "everything in one container" >&2
docker build --quiet -f "$root/deploy/images/standalone.Dockerfile" -t vedette-standalone:0.1.0 "$root" >"$work/build.log" 2>&1 ||
    { tail -n 30 "$work/build.log" >&2; exit 1; }
alone="$(docker run --detach --network none --read-only --tmpfs /tmp --cap-drop ALL --memory 5g vedette-standalone:0.1.0)"
health() { docker inspect --format '{{.State.Health.Status}}' "$alone"; }
for _ in $(seq 240); do [ "$(health)" = healthy ] && break; sleep 2; done
[ "$(health)" = healthy ]
docker stop --time 30 "$alone" >/dev/null
[ "$(docker inspect --format '{{.State.ExitCode}}' "$alone")" = 0 ]
docker rm --volumes "$alone" >/dev/null
alone=""
