#!/bin/sh
# Registers the doors of a spreadsheet: CSV with a header, deviceID and IPAddr at least, useSSL and name if you like.
# Looks first at what would be done, and stops if anything about the file is wrong or contradicts the gateway.
# Usage: register-doors.sh doors.csv
set -eu

gsdk async add -f "$1" --dry-run >/dev/null
gsdk async add -f "$1" --wait
