# Sourced by the tests that need a Docker engine, and the images that ours build on.
#
# Where no engine answers dockerd is started (as root) and stopped at the end, and the FORWARD policy is what it was. Where
# those images are missing, stand-ins.sh makes them first.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
engine=""
forward="$(iptables -S FORWARD 2>/dev/null | sed -n 's/^-P FORWARD //p' || true)"
export DOCKER_BUILDKIT=0 COMPOSE_DOCKER_CLI_BUILD=0

stop_engine() {
    [ -n "$engine" ] || return 0
    kill "$engine"
    wait "$engine" || true
    [ -z "$forward" ] || iptables -P FORWARD "$forward"
}
health() { docker inspect --format '{{.State.Health.Status}}' "$1"; }

if ! docker info >/dev/null 2>&1; then
    dockerd >"$work/dockerd.log" 2>&1 &
    engine=$!
    for _ in $(seq 60); do docker info >/dev/null 2>&1 && break; sleep 1; done
    docker info >/dev/null 2>&1 || { tail -n 20 "$work/dockerd.log" >&2; exit 1; }
fi
"$here/stand-ins.sh" complete || "$here/stand-ins.sh" build
