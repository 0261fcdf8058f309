#!/bin/sh
# Installs Dragoman from this folder, without a network: sh install.sh [FOLDER]
here=$(dirname -- "$0")
for python in python@PYTHON@ python3 python; do
  if "$python" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "@PYTHON@")' 2>/dev/null; then
    exec "$python" -I "$here/install.py" "$@"
  fi
done
echo "需要 Python @PYTHON@，这台电脑上没有找到。 / Python @PYTHON@ is needed and was not found." >&2
exit 3
