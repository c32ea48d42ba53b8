#!/bin/sh
# The first half of the vendor's tutorial: search, connect, look, disconnect; for people and for programs.
# Run it on the embedded gateway:  gsdk emulator exec -- sh examples/tutorial.sh
set -eu

run() {
  printf '\n$ %s\n' "$*"
  "$@"
}

run gsdk search
run gsdk search --json
run gsdk connect 192.168.0.104
run gsdk device ls
run gsdk device ls --json
run gsdk disconnect 544114231
run gsdk connect 192.168.0.104 --json
run gsdk disconnect 544114231 --json
