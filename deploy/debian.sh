#!/bin/sh
# debian.sh FILE PACKAGE WITHOUT: have FILE for some tests; as root on Debian, install PACKAGE.
# WITHOUT says what is left out where that cannot be done.
set -eu
if [ -x "$1" ]; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's $2 for the tests (once) …" >&2
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  if { apt-get update && apt-get install --yes --no-install-recommends "$2"; } >"$log" 2>&1; then
    rm -f "$log"
    if [ -x "$1" ]; then exit 0; fi
  else
    tail -5 "$log" >&2
  fi
fi
echo "No $1: $3 (Debian: apt-get install $2)" >&2
