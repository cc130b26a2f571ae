#!/usr/bin/env bash
# Builds the wheel, installs it with its core libraries into a clean environment away from the repository, and uses it there.
# Prints the size of the installation and its number of packages. Needs a package index or a filled cache.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-$root/.venv/bin/python}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

git -C "$root" archive HEAD | tar -x -C "$work" --one-top-level=source
"$python" -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w "$work" "$work/source"

"$python" -m venv "$work/clean"
pip=("$work/clean/bin/python" -m pip --disable-pip-version-check --quiet)
"${pip[@]}" install --require-hashes -r "$root/requirements.lock"
"${pip[@]}" install --no-deps "$work"/caselore-*.whl
"${pip[@]}" check
packages=$("$work/clean/bin/python" -c 'from importlib.metadata import distributions as d; print(sum(one.name not in ("pip", "setuptools") for one in d()))')
"${pip[@]}" uninstall --yes pip setuptools
"$work/clean/bin/python" -m compileall -q "$work/clean/lib" >/dev/null || true
megabytes=$(du --apparent-size -sm "$work"/clean/lib/python*/site-packages | cut -f1)

cd "$work" && export PATH="$work/clean/bin:$PATH" CASELORE_CASEBOOK="$work/none.db"
caselore --version
caselore doctor
caselore examples reports
test "$(caselore table reports --format csv 2>/dev/null | wc -l)" -eq 11
caselore export reports --to fhir -o packets
if caselore casebook --at review.db list 2>message; then exit 1; fi
grep --fixed-strings "pip install 'caselore[web]'" message
echo "core installation: $packages packages, $megabytes MB with compiled files"
test "$megabytes" -lt 60
