#!/bin/sh
# The vendor's tutorial, menu item by menu item, with its live status; it stops at the first thing that is not so.
# Run it on the embedded gateway:  gsdk emulator exec --clock scaled:20 -- sh examples/tutorial.sh
set -eu

# Prints a command and its output, and ends the script if the command fails.
run() {
  printf '\n$ %s\n' "$*"
  output=$("$@")
  printf '%s\n' "$output"
}

# Ends the script unless the last output has this in it.
expect() {
  case $output in *"$1"*) ;; *)
    printf 'expected "%s" in the output above\n' "$1" >&2
    exit 1
    ;;
  esac
}

printf '\n# Live status: every change of status is printed while the rest runs\n'
status=$(mktemp)
trap 'kill "$watch" 2>/dev/null || true; rm -f "$status"' EXIT
gsdk watch >"$status" &
watch=$!
until grep -q synced "$status"; do sleep 0.1; done

printf '\n# (1) Search devices\n'
run gsdk search
expect 544114231
run gsdk search --json
expect BIOENTRY_W2

printf '\n# (2) Connect to a device synchronously\n'
run gsdk connect 192.168.0.104
expect TCP_CONNECTED
run gsdk device ls
expect 544114231
run gsdk disconnect 544114231

printf '\n# (3) Asynchronous connections: add, with and without SSL; refresh; delete\n'
run gsdk async add 544114231@192.168.0.104 --wait
expect TCP_CONNECTED
run gsdk async add 540092578@192.168.0.120 --ssl --wait
expect TLS_CONNECTED
run gsdk async ls
expect 540092578
run gsdk async rm 540092578
run gsdk device ls --json
expect 544114231

printf '\n# (4) Accept devices that dial in: disallow all; refresh; add; delete; allow all\n'
run gsdk filter disallow-all --max-lockout 10
run gsdk pending ls
expect 939342898
run gsdk filter add 939342898 --wait
run gsdk device ls
expect DEVICE_TO_SERVER
run gsdk filter rm 939342898 --max-lockout 1
run gsdk filter allow-all
run gsdk filter show --json
expect '"allowAll": true'

printf '\n# (5) Manage devices: SSL on and off; connection mode; disconnect; disconnect all; refresh\n'
run gsdk ssl enable 544114231 --reconnect
run gsdk ssl status 544114231
expect TLS_CONNECTED
run gsdk ssl disable 544114231 --reconnect
run gsdk mode set device-to-server 544114231 --reconnect
run gsdk mode get 544114231
expect DEVICE_TO_SERVER
run gsdk mode set server-to-device 544114231 --reconnect
run gsdk disconnect 544114231
run gsdk disconnect --all
run gsdk device ls

printf '\n# What the live status printed meanwhile\n'
kill -INT "$watch" && wait "$watch" || true
output=$(cat "$status")
printf '%s\n' "$output"
expect '[TCP_CONNECTED] Device 544114231'
expect '[TLS_CONNECTED] Device 540092578'
expect '[DISCONNECTED] Device 544114231'
