#!/bin/sh
# Find or install what no Python package brings: a browser, pango, a CJK font.
# Whatever cannot be had is named in one sentence, and the rest of Suyuan works without it.
set -u
python=$1

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

updated=no
install() {
    can_install || return 1
    if [ "$updated" = no ]; then
        apt-get -qq update >&2 || return 1
        updated=yes
    fi
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "$@" >&2
}

# The same order as crawler/chromium.py, which decides at run time.
has_browser() {
    [ -n "${SUYUAN_CHROMIUM:-}" ] && [ -x "$SUYUAN_CHROMIUM" ] && return 0
    command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 && return 0
    "$python" -c 'import sys; from pathlib import Path
from playwright.sync_api import sync_playwright
with sync_playwright() as p: sys.exit(not Path(p.chromium.executable_path).exists())' 2>/dev/null
}

has_pango() { "$python" -c 'import weasyprint' >/dev/null 2>&1; }

has_cjk_font() { command -v fc-list >/dev/null 2>&1 && fc-list :lang=zh family | grep -q .; }

if ! has_browser && ! "$python" -m playwright install chromium >/dev/null 2>&1; then
    install chromium && has_browser ||
        echo "No browser: install the package chromium; until then pages that need JavaScript are not rendered."
fi
if ! has_pango; then
    install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 && has_pango ||
        echo "No pango: install the package libpangoft2-1.0-0; until then no PDF can be printed."
fi
if ! has_cjk_font; then
    install fontconfig fonts-noto-cjk && has_cjk_font ||
        echo "No CJK font: install the package fonts-noto-cjk; until then no PDF can be printed."
fi
exit 0
