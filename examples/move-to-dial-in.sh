#!/bin/sh
# Moves every device that the gateway dials to dialling in by itself: accepted first, then switched, then seen
# connected by its own dial. Run again, it goes on.
set -eu

connections=$(gsdk async ls --json)
ids=$(printf '%s' "$connections" | jq -r '.[] | select(.connected) | .deviceID')
printf '%s\n' "$ids" | gsdk mode set device-to-server - --reconnect
gsdk device ls --mode device-to-server
