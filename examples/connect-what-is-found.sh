#!/bin/sh
# Has the gateway connect to every device that a search finds, and waits until they are connected. Devices that
# dial in by themselves are skipped. Twice searched, because a broadcast loses answers.
# Try it:  gsdk emulator exec --clock scaled:20 -- sh examples/connect-what-is-found.sh
set -eu

# In two steps: a plain sh does not notice when the first command of a pipe fails.
found=$(gsdk search --repeat 2 --json)
printf '%s' "$found" | gsdk async add -f - --wait --timeout 90s
