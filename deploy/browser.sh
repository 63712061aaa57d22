#!/bin/sh
# browser.sh PATH: have a Chromium for the browser tests; as root on Debian, install it.
set -eu
if [ -x "$1" ]; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's chromium for the browser tests (once) …" >&2
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  if { apt-get update && apt-get install --yes --no-install-recommends chromium; } >"$log" 2>&1; then
    rm -f "$log"
    if [ -x "$1" ]; then exit 0; fi
  else
    tail -5 "$log" >&2
  fi
fi
echo "No Chromium at $1: the browser tests are left out. Install it (Debian: apt-get install" >&2
echo "chromium) or name another with make test CHROMIUM=/path/to/chromium" >&2
