#!/bin/sh
# Installs Debian's WordPress, PHP, MariaDB and nginx for the tests in this folder, and the packages
# that are named; starts nothing.
set -eu

[ "$(id -u)" -eq 0 ] || exec sudo -- "$0" "$@"

# mariadb-server-core is the server without the service and its data folder: the tests make their
# own. mariadb-client, nginx, php-fpm and php (in this order) keep apt from picking MySQL's client
# and Apache to satisfy what wordpress depends on.
packages="
    mariadb-server-core mariadb-client nginx
    php-fpm php-cli php php-gd php-intl php-mbstring php-mysql php-xml
    wordpress wordpress-l10n $*
"
# One theme of the classic kind, one made of blocks. Newer releases drop older themes.
themes="
    wordpress-theme-twentytwentyone wordpress-theme-twentytwentytwo
    wordpress-theme-twentytwentyfour wordpress-theme-twentytwentyfive
"

installed() {
    # shellcheck disable=SC2086  # the lists are meant to be split
    [ -z "$(dpkg-query -W -f '${db:Status-Status}\n' $1 2>&1 | grep -v '^installed$')" ]
}

# The first two of the themes that this release has.
available() {
    for candidate in $themes; do
        if apt-cache show "$candidate" > /dev/null 2>&1; then echo "$candidate"; fi
    done | head -n 2
}

chosen=$(available)
if [ -n "$chosen" ] && installed "$packages $chosen"; then exit 0; fi

policy=/usr/sbin/policy-rc.d
log=$(mktemp)
restore() {
    rm -f "$log" "$policy"
    if [ -e "$policy.before" ]; then mv "$policy.before" "$policy"; fi
}
trap restore EXIT
trap 'exit 1' HUP INT TERM
# one that is set aside already was so by a run that was killed
if [ -e "$policy" ] && [ ! -e "$policy.before" ]; then mv "$policy" "$policy.before"; fi
printf '#!/bin/sh\nexit 101\n' > "$policy"
chmod 755 "$policy"

apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" > "$log" 2>&1 || {
        cat "$log" >&2
        exit 1
    }
}

apt update
# shellcheck disable=SC2046,SC2086
apt install --yes --no-install-recommends $packages $(available)
