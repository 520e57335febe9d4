#!/bin/sh
# Unpacks Debian packages that conflict with one another (each is an imap-server), or would start a mail server of the machine's own
# (postfix, of which the bench wants smtp-source and smtp-sink), into a folder; nothing of them is installed.
set -eu
into="${1:-/opt/firstreply-test-servers}"
aside="$(mktemp -d)"
trap 'rm -rf "$aside"' EXIT
chmod 755 "$aside"
cd "$aside"
apt-get download -q cyrus-common cyrus-imapd libical3 libxapian30 libpcre3
apt-get download -q courier-imap courier-base courier-authlib libcourier-unicode4 gamin libgamin0 libidn12
apt-get download -q postfix
mkdir -p "$into"
for package in *.deb; do dpkg -x "$package" "$into"; done
