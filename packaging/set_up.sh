# What `start` and `test` have in common: everything the app needs, made ready. Sourced, not run.
# Two folders of the checkout hold it, .uv and .venv; the system's Python is not touched. Only packages that are missing
# are installed, and where all is there no package tool is called. Mirrors are the business of the environment.

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

root=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")

# One line each: what must be there (a shared library, a program or a file), and the Debian package that brings it.
to_run='
libEGL.so.1 libegl1
libGL.so.1 libgl1
libX11-xcb.so.1 libx11-xcb1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libglib-2.0.so.0 libglib2.0-0
libwayland-cursor.so.0 libwayland-cursor0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
'
to_test='
Xvfb xvfb
openbox openbox
xterm xterm
xprop x11-utils
xrandr x11-xserver-utils
xdotool xdotool
trayer trayer
dbus-daemon dbus
gnome-keyring-daemon gnome-keyring
/usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service xfce4-notifyd
/usr/lib/python3/dist-packages/dbusmock python3-dbusmock
/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf fonts-dejavu-core
desktop-file-validate desktop-file-utils
ps procps
chromium chromium
mousepad mousepad
'

# The Debian packages whose thing is not there, on one line.
missing() {
    libraries=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p)
    printf '%s\n' "$1" | while read -r thing package; do
        case $thing in
            '') continue ;;
            lib*.so.*) case $libraries in *"	$thing ("*) continue ;; esac ;;
            /*) [ -e "$thing" ] && continue ;;
            *) command -v "$thing" >/dev/null && continue ;;
        esac
        printf '%s ' "$package"
    done
}

agreed() {
    [ -t 0 ] || return 1
    printf '%s [y/N] ' "$1" >&2
    read -r answer && case $answer in [yY]*) ;; *) return 1 ;; esac
}

apt_install() {
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    # A list that cannot be renewed may still be good enough: whether it is, the installation says.
    "$@" apt-get update -qq || say "The package lists could not be renewed; going on with the ones that are here."
    # shellcheck disable=SC2086 # one word a package
    "$@" apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 $packages >/dev/null </dev/null ||
        stop "The Debian packages could not be installed: apt-get says why above."
}

need_packages() {
    [ "$(uname -s)" = Linux ] || return 0
    packages=$(missing "$1") && packages=${packages% }
    [ -n "$packages" ] || return 0
    if ! command -v apt-get >/dev/null; then
        stop "These parts of the system are missing, by their Debian names: $packages; install them and start again."
    elif [ "$(id -u)" -eq 0 ]; then
        say "Installing from Debian: $packages"
        apt_install env
    elif command -v sudo >/dev/null && agreed "Missing: $packages. Install with sudo?"; then
        apt_install sudo
    else
        stop "These Debian packages are missing: sudo apt-get install --no-install-recommends $packages"
    fi
}

need_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return 0
    done
    stop "gum-app needs Python 3.11 or newer, and there is none here: install one (Debian 12: apt-get install python3)."
}

need_uv() {
    PATH=$root/.uv/bin:$PATH
    uv --version >/dev/null 2>&1 && return 0
    "$python" -m pip --version >/dev/null 2>&1 || stop "pip is missing: apt-get install python3-pip"
    say "Fetching uv"
    "$python" -m pip install -q --root-user-action=ignore --upgrade --target "$root/.uv" 'uv>=0.13,<1' ||
        stop "uv could not be fetched: pip says why above."
}

# The locked libraries, in .venv. Takes further options of `uv sync`.
need_libraries() {
    unset VIRTUAL_ENV
    UV_PYTHON_DOWNLOADS=never uv sync -q --frozen --project "$root" --python "$python" "$@" ||
        stop "The libraries could not be installed: uv says why above."
}

# llama.cpp for the tests of what runs language models. `uv sync` takes away what the lock file does not name: put it after.
need_engine() {
    "$root/.venv/bin/python" "$root/packaging/put_engine.py" || exit 1
}
