#!/usr/bin/env bash
# Stand-ins for the images that docker-compose.yml and deploy/images build on, under their names and tags, for machines
# that reach no image registry: a Debian root by debootstrap, Debian's Java and PostgreSQL, and the Kafka and S3Proxy that
# ./vedette embeds. They prove the wiring; docs/deployment.md says what the real ones may do differently.
#
#   deploy/testing/stand-ins.sh build     needs root, debootstrap, a Docker engine, and mvn package -DskipTests before
#   deploy/testing/stand-ins.sh remove    removes them again
#   deploy/testing/stand-ins.sh complete  exit code 0 if nothing is missing
#
# An image of that name that is no stand-in stays as it is.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
label=io.vedette.stand-in
base=vedette-stand-in:base
images=(
    "eclipse-temurin:17-jre java"
    "eclipse-temurin:17-jdk java"
    "postgres:17 postgres"
    "apache/kafka:4.1.1 kafka"
    "chrislusf/seaweedfs:4.00 s3"
)
export DOCKER_BUILDKIT=0

is_stand_in() { [ -n "$(docker image inspect --format "{{index .Config.Labels \"$label\"}}" "$1" 2>/dev/null)" ]; }
exists() { docker image inspect "$1" >/dev/null 2>&1; }

make_base() {
    exists "$base" && return
    local work release site
    work="$(mktemp -d)"
    release="$(. /etc/os-release && echo "$VERSION_CODENAME")"
    # from where this machine has its own packages
    site="$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' "Codename: $release" | sort -u | head -n 1)"
    debootstrap --variant=minbase --include=ca-certificates,netcat-openbsd,openjdk-17-jdk-headless,postgresql \
        "$release" "$work/root" "$site" >"$work/log" ||
        { tail -n 20 "$work/log" >&2; exit 1; }
    rm -rf "$work"/root/var/cache/apt/archives/*.deb
    tar -C "$work/root" -c . | docker import --change "LABEL $label=base" - "$base" >/dev/null
    rm -rf "$work"
}

build() {
    make_base
    local name folder context
    for image in "${images[@]}"; do
        read -r name folder <<<"$image"
        if exists "$name" && ! is_stand_in "$name"; then
            echo "$name is there already and is no stand-in; it stays" >&2
            continue
        fi
        context="$(mktemp -d)"
        cp -r "$here/stand-ins/$folder/." "$context"
        if [ "$folder" = kafka ] || [ "$folder" = s3 ]; then
            mkdir "$context/vedette"
            cp -r "$root/standalone/target/lib" "$root/standalone/target/vedette-standalone.jar" "$context/vedette/"
        fi
        docker build --quiet --build-arg BASE="$base" --label "$label=$folder" --tag "$name" "$context" >"$context.log" 2>&1 ||
            { cat "$context.log" >&2; exit 1; }
        rm -rf "$context" "$context.log"
        echo "made a stand-in for $name" >&2
    done
}

remove() {
    local name folder
    for image in "${images[@]}"; do
        read -r name folder <<<"$image"
        ! is_stand_in "$name" || docker image rm --force "$name" >/dev/null
    done
    ! exists "$base" || docker image rm --force "$base" >/dev/null
}

# True if every image that is built on is there, be it a stand-in or the real one.
complete() {
    local name folder
    for image in "${images[@]}"; do
        read -r name folder <<<"$image"
        exists "$name" || return 1
    done
}

case "${1:-}" in
    build) build ;;
    remove) remove ;;
    complete) complete ;;
    *) echo "usage: $0 build|remove|complete" >&2; exit 2 ;;
esac
