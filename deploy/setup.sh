#!/bin/sh
# setup.sh PYTHON run|dev PIP…: make .venv, and install a lock file unless it is installed already.
set -eu
python=$1 which=$2
shift 2
case $which in
  run) lock=requirements.lock ;;
  dev) lock=requirements-dev.lock ;;
esac
# Scripts in a .venv name its place, so a folder that was moved is set up again.
stamp=".venv/installed-$which"
wanted="$(pwd)
$(cat "$lock" pyproject.toml | sha256sum)"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then exit 0; fi

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "xgrad needs Python 3.11 or newer; '$python' is not. Name another: make PYTHON=python3.11 …" >&2
  exit 3
fi
if [ "$which" = run ]; then
  # Emptied only when the folder moved: what is installed stays when a lock grows by a line.
  if [ -f "$stamp" ] && [ "$(head -1 "$stamp")" != "$(pwd)" ]; then rm -rf .venv; fi
  if ! "$python" -m venv .venv; then
    echo "Python's venv module is missing. On Debian: apt-get install python3-venv" >&2
    exit 3
  fi
  echo "Installing the pinned dependencies into .venv (once; PyTorch is the large one) …" >&2
else
  echo "Installing the test tools into .venv (once) …" >&2
fi
install() {
  "$@" && return
  echo "The dependencies could not be installed. This step, and only this, needs the network." >&2
  exit 3
}
install "$@" --requirement "$lock"
if [ "$which" = run ]; then
  # compat: one path entry, so a package added later is found without installing again.
  install "$@" --no-deps --config-settings editable_mode=compat --editable .
fi
printf '%s' "$wanted" > "$stamp"
