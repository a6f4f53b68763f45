#!/bin/sh
# Installs the browser that tests/web/test_web_browser.py looks with, where it can; without it those tests are skipped, and say so.
set -eu
if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  if apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; then
    exit 0
  fi
fi
echo "no browser is here, and none could be installed: the tests in a browser will be skipped" >&2
