#!/usr/bin/env bash
# Programs that some tests need and pip cannot bring: Chromium for the browser tests, PostgreSQL for the registry.
# Installs what is missing with apt when run as root; elsewhere says so and lets the tests skip, but never under CI=true.
set -euo pipefail

has_postgresql() { command -v initdb >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null; }

missing=()
command -v chromium >/dev/null || missing+=(chromium)
has_postgresql || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  install=(apt-get install -y -qq --no-install-recommends "${missing[@]}")
  if "${install[@]}" >/dev/null 2>&1 || { apt-get update -qq && "${install[@]}" >/dev/null; }; then exit 0; fi
fi

echo "SKIPPED LOUDLY: ${missing[*]} cannot be installed here, the tests that need it will not run" >&2
[ "${CI:-}" != "true" ]
