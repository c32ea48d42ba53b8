#!/bin/sh
# Accepts those devices that wait at the gateway and are on a list; everybody else goes on waiting.
# Usage: accept-listed.sh LIST, with a device ID a line. Fit for cron: it prints nothing unless something is wrong.
set -eu

gsdk pending accept --only "@$1" --wait -o ids >/dev/null
