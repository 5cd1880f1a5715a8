#!/usr/bin/env bash
# Runs the standalone image for real, with no rights and nothing writable but /data and /tmp: a project's whole life with the
# AWS CLI, a kill, a start on the same data, and a stop. Exit code 0, or what went wrong with the end of the log.
#
#   deploy/testing/standalone-test.sh     after mvn package -DskipTests; wants docker and aws
. "$(dirname "${BASH_SOURCE[0]}")/engine.sh"
image=vedette-standalone:0.1.0
alone=""

clean_up() {
    [ -n "$alone" ] || return
    if [ "$1" != 0 ]; then
        docker logs --tail 40 "$alone" >&2
        for part in api trainer evaluator inference; do
            docker exec "$alone" tail -n 15 "/data/logs/$part.log" >&2
        done
    fi
    docker rm --force --volumes "$alone" >/dev/null
}
healthy() { [ "$(health "$alone")" = healthy ]; }
said() { sed -n "s/^export $1='\?\([^']*\)'\?$/\1/p" "$work/said"; }

say "building"
quietly build docker build --quiet -f "$root/deploy/images/standalone.Dockerfile" -t "$image" "$root"
say "starting"
alone="$(docker run --detach --network host --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
    --memory 6g -e "VEDETTE_API_PORT=$(free_port)" -e "VEDETTE_S3_PORT=$(free_port)" -e "VEDETTE_KAFKA_PORT=$(free_port)" \
    -e "VEDETTE_POSTGRES_PORT=$(free_port)" -e VEDETTE_BACKBONE=mobilenet-v2 -e VEDETTE_IMAGE_SIDE=192 "$image")"
await healthy

say "rights"
[ -z "$(docker top "$alone" -eo uid,pid,comm | awk 'NR > 1 && $1 != 10001')" ]
if docker exec --user 0 "$alone" touch /opt/vedette/x 2>/dev/null; then
    say "the root file system can be written"
    exit 1
fi

docker exec "$alone" cat /data/credentials >"$work/credentials"
docker exec "$alone" cat /data/env >"$work/said"
export AWS_SHARED_CREDENTIALS_FILE="$work/credentials" AWS_PROFILE=vedette AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
AWS_ENDPOINT_URL_LOOKOUTVISION="$(said AWS_ENDPOINT_URL_LOOKOUTVISION)"
AWS_ENDPOINT_URL_S3="$(said AWS_ENDPOINT_URL_S3)"
export AWS_ENDPOINT_URL_LOOKOUTVISION AWS_ENDPOINT_URL_S3
export AWS_REQUEST_CHECKSUM_CALCULATION=when_required AWS_RESPONSE_CHECKSUM_VALIDATION=when_required
export AWS_DATA_PATH="$root/deploy/clients/botocore"
bash "$root/deploy/clients/smoke/awscli.sh"
vision() { aws --endpoint-url "$AWS_ENDPOINT_URL_LOOKOUTVISION" lookoutvision "$@"; }
vision create-project --project-name kept >/dev/null

say "killed and started again"
docker kill "$alone" >/dev/null
docker start "$alone" >/dev/null
await healthy
[ "$(vision list-projects --query 'Projects[].ProjectName' --output text)" = kept ]

say "stopped"
docker stop --time 30 "$alone" >/dev/null
[ "$(docker inspect --format '{{.State.ExitCode}}' "$alone")" = 0 ]
