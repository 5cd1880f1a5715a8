#!/usr/bin/env bash
# Runs docker-compose.yml for real: builds the images, starts everything with secrets of its own, takes a project through its
# whole life with the AWS CLI, and takes all of it down again. Exit code 0, or what went wrong with the ends of the logs.
#
#   deploy/testing/compose-test.sh        after mvn package -DskipTests; wants docker, docker-compose and aws
. "$(dirname "${BASH_SOURCE[0]}")/compose.sh"

say "starting"
up
"${compose[@]}" ps >&2
[ "$("${compose[@]}" ps -q | wc -l)" = 7 ]
bash "$root/deploy/clients/smoke/awscli.sh"
