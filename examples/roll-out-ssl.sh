#!/bin/sh
# Turns SSL on for every connected device that has it off: one device first, then ten at a time, no further than the
# first failure; each is seen connected the new way before the next ones. Run again, it goes on.
set -eu

status=$(gsdk ssl status --json)
ids=$(printf '%s' "$status" | jq -r '.[] | select(.connected and .deviceUseSSL == false) | .deviceID')
printf '%s\n' "$ids" | gsdk ssl enable - --reconnect
