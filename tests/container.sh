#!/usr/bin/env bash
# Builds the Dockerfile's image without a container engine, runs it against a simulated Discord,
# and checks what an operator relies on: its health check, the owner of the database, a clean stop.
# Run it as root on Debian with `buildah` and `debootstrap`; it downloads the crates:
#
#     tests/container.sh [FOLDER]      # FOLDER keeps the base images for the next run
#
# The two base images are made from Debian's packages and imported under the names that the
# Dockerfile uses: the same Debian, with this machine's Rust. They are larger than the published ones.
set -euo pipefail
cd "$(dirname "$0")/.."
work=${1:-$(mktemp -d)}
mkdir -p "$work"
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
storage=(--root "$work/storage" --runroot "$work/run" --storage-driver vfs)
b() { buildah "${storage[@]}" "$@"; }
say() { printf '\n== %s\n' "$*"; }

# A folder with Debian and these packages.
base() { # NAME PACKAGES
  [ -d "$work/$1" ] && return
  debootstrap --variant=minbase --include="$2" bookworm "$work/$1.part" "$mirror" >"$work/$1.log"
  mv "$work/$1.part" "$work/$1"
}

# Imports the folder as an image of this name, unless the image exists.
import() { # FOLDER IMAGE [config options]
  local folder=$1 image=$2 container
  shift 2
  b inspect --type image "$image" >/dev/null 2>&1 && return
  container=$(b from scratch)
  b copy -q "$container" "$folder" / >/dev/null
  b config "$@" "$container"
  b commit -q "$container" "$image" >/dev/null
  b rm "$container" >/dev/null
}

say "Base images"
base cc ca-certificates,libgcc-s1
base rust ca-certificates,gcc,libc6-dev
if [ ! -d "$work/rust/usr/local/rust" ]; then
  cp -a "$(rustc --print sysroot)" "$work/rust/usr/local/rust"
  # This machine may trust a company's own certificates.
  cp /etc/ssl/certs/ca-certificates.crt "$work/rust/etc/ssl/certs/"
fi
import "$work/cc" gcr.io/distroless/cc-debian12:nonroot
import "$work/rust" docker.io/library/rust:1-slim-bookworm \
  --env PATH=/usr/local/rust/bin:/usr/sbin:/usr/bin:/sbin:/bin --env CARGO_HOME=/usr/local/cargo

say "Build"
# The build uses this machine's network to fetch crates.
b build --isolation chroot --network host --pull-never --format docker \
  -t heat-check . >"$work/build.log" 2>&1 || { tail -40 "$work/build.log"; exit 1; }
container=$(b from --pull-never heat-check)
root=$(b mount "$container")
echo "program: $(du -h "$root/usr/local/bin/heat-check" | cut -f1), image: $(b images --format '{{.Size}}' heat-check)"

say "A simulated Discord"
cargo build --quiet -p discord-sandbox
target/debug/discord-sandbox --token container-test --port 0 >"$work/sandbox.log" 2>&1 &
sandbox=$!
pid=
finish() {
  kill $sandbox 2>/dev/null || true
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  b rm "$container" >/dev/null || true
}
trap finish EXIT
until url=$(grep -om1 'http://[0-9.:]*' "$work/sandbox.log"); do
  kill -0 $sandbox
  sleep 0.1
done

say "Run"
run() {
  b run --isolation chroot --network host --user 65532:65532 --env DISCORD_TOKEN=container-test \
    --env DISCORD_API_URL="$url" "$container" -- "$@"
}
run /usr/local/bin/heat-check run >"$work/bot.log" 2>&1 &
wrapper=$!
tries=0
# The newest process, because this machine may run another bot.
until pid=$(pgrep -nf '^/usr/local/bin/heat-check run$'); do
  kill -0 $wrapper || { cat "$work/bot.log"; exit 1; }
done
until run /usr/local/bin/heat-check healthcheck 2>/dev/null; do
  kill -0 $wrapper || { cat "$work/bot.log"; exit 1; }
  tries=$((tries + 1)); [ $tries -lt 200 ] || { cat "$work/bot.log"; exit 1; }
  sleep 0.2
done
echo "health check: passed"
# The image declares a volume, which Buildah keeps next to the container.
id=$(b inspect --format '{{.ContainerID}}' "$container")
database=$(find "$work/storage/vfs-containers/$id" -name heat-check.db)
owner=$(stat -c '%u:%g %a' "$database")
echo "database: $owner"
[ "$owner" = "65532:65532 600" ]
kill -TERM "$pid"
wait $wrapper && code=0 || code=$?
echo "stopped with exit code $code"
[ "$code" -eq 0 ]
if grep -E ' (WARN|ERROR) ' "$work/bot.log"; then echo "the log warns"; exit 1; fi
b umount "$container" >/dev/null
say "The container builds, runs, is healthy and stops cleanly"
