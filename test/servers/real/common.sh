# common.sh - what rt.sh and redmine.sh share: packages, daemons, state, a private PostgreSQL.
# Source it; it starts nothing by itself.
#
# Rules every script here keeps:
#   * stdout carries exactly one JSON line; everything for people goes to stderr or DIR/log/.
#   * every daemon is started with setsid, has its pid and kernel start time in DIR/run/NAME.pid,
#     and is stopped by that pid (its own session/process group), never by name.
#   * everything listens on 127.0.0.1 only.
#   * all state lives under DIR; `rm -rf DIR` after `down` is a complete clean-up.

set -euo pipefail
umask 022
export LC_ALL=C.UTF-8 TZ=UTC
export no_proxy="127.0.0.1,localhost${no_proxy:+,$no_proxy}" NO_PROXY="127.0.0.1,localhost${NO_PROXY:+,$NO_PROXY}"
RS_HOST=127.0.0.1

rs_log() { printf '%s %s\n' "$(date -u +%H:%M:%S)" "$*" >&2; }
rs_die() { printf 'ERROR: %s\n' "$*" >&2; exit 1; }

# rs_dir DIR -> absolute path in $DIR, made and marked as ours
rs_dir() {
  [ -n "${1:-}" ] || rs_die "DIR is missing"
  case "$1" in /|/tmp|/root|/home|/usr|/etc|/var) rs_die "refusing to use $1 as DIR" ;; esac
  if [ "${2:-}" = existing ]; then
    [ -d "$1" ] || return 1
  else
    if [ -d "$1" ] && [ ! -e "$1/.causeway-test-server" ] && [ -n "$(ls -A "$1")" ]; then
      rs_die "$1 exists, is not empty and was not made by these scripts"
    fi
    mkdir -p "$1/run" "$1/log"
    : >>"$1/.causeway-test-server"
  fi
  DIR=$(cd "$1" && pwd -P)
}

# Debian's own perl, ruby and tools, whatever version managers the caller has in front
rs_system_path() { PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH; hash -r
  unset PERL5LIB PERL5OPT PERL_LOCAL_LIB_ROOT RUBYLIB RUBYOPT GEM_HOME GEM_PATH BUNDLE_PATH BUNDLE_APP_CONFIG BUNDLE_GEMFILE BUNDLE_WITHOUT BUNDLE_DEPLOYMENT BUNDLE_FROZEN PYTHONPATH; }

# one up/down at a time per DIR (the daemons do not inherit the lock: rs_start closes fd 9)
rs_lock() { exec 9>"$DIR/.lock"; flock -w 300 9 || rs_die "another up/down is busy in $DIR"; }

rs_port_ok() { case "$1" in ''|*[!0-9]*) rs_die "PORT must be a number, got '$1'" ;; esac
  { [ "$1" -ge 1024 ] && [ "$1" -le 65535 ]; } || rs_die "PORT must be 1024..65535"; }
rs_port_open() { (exec 3<>"/dev/tcp/$RS_HOST/$1") 2>/dev/null; }
rs_port_free_or_die() { if rs_port_open "$1"; then rs_die "port $1 on $RS_HOST is in use by something else"; fi; }

rs_rand() { head -c 48 /dev/urandom | base64 | tr -dc 'a-zA-Z0-9' | head -c "${1:-24}"; }

# --- packages --------------------------------------------------------------------------------
rs_missing() { local p; for p in "$@"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null || true)" = installed ] || printf '%s ' "$p"; done; }

# rs_apt PACKAGE... ; debconf answers (optional) on stdin
rs_apt() {
  local answers miss rc=0 made_policy=0 t0=$SECONDS
  answers=$(cat)
  miss=$(rs_missing "$@"); [ -n "$miss" ] || return 0
  [ "$(id -u)" = 0 ] || rs_die "these packages are missing and only root can install them: $miss"
  rs_log "installing: $miss"
  exec 8>/run/lock/causeway-test-apt.lock; flock -w 900 8 || rs_die "another run of apt for these servers does not end"
  # keep Debian's maintainer scripts from starting any service
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d; made_policy=1
  fi
  [ -z "$answers" ] || debconf-set-selections <<<"$answers"
  local log=${DIR:-${TMPDIR:-/tmp}}/log/apt.log; [ -d "$(dirname "$log")" ] || log=${TMPDIR:-/tmp}/causeway-test-apt.log
  _rs_apt_get install "$@" >>"$log" 2>&1 || { _rs_apt_get update >>"$log" 2>&1 || true; _rs_apt_get install "$@" >>"$log" 2>&1 || rc=$?; }
  [ $made_policy = 0 ] || rm -f /usr/sbin/policy-rc.d
  exec 8>&-
  [ $rc = 0 ] || { tail -n 20 "$log" >&2; rs_die "apt-get failed ($rc), see $log"; }
  rs_log "packages installed in $((SECONDS - t0)) s"
}
_rs_apt_get() {
  DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true NEEDRESTART_MODE=l UCF_FORCE_CONFFOLD=1 \
    apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=600 \
      -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o APT::Get::Allow-Downgrades=false \
      "$@" </dev/null 8>&- 9>&-
}

# --- daemons ---------------------------------------------------------------------------------
_rs_start_time() { # kernel start time of a pid (field 22 of /proc/PID/stat, counted after the last ')')
  local s; s=$(cat "/proc/$1/stat" 2>/dev/null) || return 1; s=${s##*) }; set -- $s; echo "${20}"; }
rs_pid() { # prints the pid of NAME when it is alive and still the process we started
  local f="$DIR/run/$1.pid" pid st
  [ -s "$f" ] || return 1; read -r pid st <"$f"
  [ -n "$pid" ] && [ "$(_rs_start_time "$pid" || true)" = "$st" ] || return 1
  case "$(cut -d')' -f2 "/proc/$pid/stat" 2>/dev/null)" in ' Z'*) return 1 ;; esac
  echo "$pid"; }
rs_alive() { rs_pid "$1" >/dev/null; }

# rs_start NAME COMMAND... : own session, no stdin, output to DIR/log/NAME.log
rs_start() {
  local name=$1; shift
  rs_alive "$name" && return 0
  local i
  ( cd "$DIR"; exec setsid "$@" </dev/null >>"$DIR/log/$name.log" 2>&1 8>&- 9>&- ) &
  local pid=$!
  disown "$pid" 2>/dev/null || true
  # setsid(1) execs in place when it is not a group leader, so $pid is the daemon
  for i in 1 2 3 4 5 6 7 8 9 10; do local st; st=$(_rs_start_time "$pid" || true); [ -n "$st" ] && break; sleep 0.02; done
  echo "$pid ${st:-0}" >"$DIR/run/$name.pid"
}

_rs_session_left() { ps -o stat= --sid "$1" 2>/dev/null | grep -qv '^Z'; }
# rs_stop NAME [SIGNAL [SECONDS]] : signal, wait, then KILL the process group that we made
rs_stop() {
  local name=$1 sig=${2:-TERM} wait=${3:-15} pid i
  if pid=$(rs_pid "$name"); then
    kill -s "$sig" "$pid" 2>/dev/null || true
    for i in $(seq 1 $((wait * 20))); do rs_alive "$name" || break; sleep 0.05; done
  elif [ -s "$DIR/run/$name.pid" ]; then
    # it died by itself: its workers may live on. Linux does not reuse a pid while a session of that
    # number has members, so with the leader gone those members can only be ours.
    read -r pid _ <"$DIR/run/$name.pid"
    case "$(cut -d')' -f2 "/proc/$pid/stat" 2>/dev/null)" in ''|' Z'*) ;; *) pid= ;; esac
  else pid=; fi
  if [ -n "$pid" ]; then
    # whatever the daemon left in its own session (workers that outlived it); zombies do not count
    if _rs_session_left "$pid"; then
      kill -s TERM -- "-$pid" 2>/dev/null || true
      for i in $(seq 1 40); do _rs_session_left "$pid" || break; sleep 0.05; done
      ! _rs_session_left "$pid" || kill -s KILL -- "-$pid" 2>/dev/null || true
    fi
  fi
  rm -f "$DIR/run/$name.pid"
}

rs_fail_log() { local name=$1; shift; rs_log "--- last lines of $DIR/log/$name.log"; tail -n 25 "$DIR/log/$name.log" >&2 || true; rs_die "$*"; }

# rs_wait_http NAME URL SECONDS [REGEX of accepted status codes]
rs_wait_http() {
  local name=$1 url=$2 secs=$3 want=${4:-200} code=000 t0=$SECONDS
  while [ $((SECONDS - t0)) -lt "$secs" ]; do
    code=$(curl -s -o /dev/null -m 20 -w '%{http_code}' "$url" || true)
    [[ $code =~ ^($want)$ ]] && return 0
    rs_alive "$name" || rs_fail_log "$name" "$name died while starting"
    sleep 0.2
  done
  rs_fail_log "$name" "$name did not answer $url within $secs s (last status $code)"
}

# --- state -----------------------------------------------------------------------------------
rs_emit() { # JSON text on stdin -> one line on stdout and in DIR/state.json (mode 600: it has passwords)
  local j; j=$(jq -c .) || rs_die "internal: bad JSON"
  ( umask 077; printf '%s\n' "$j" >"$DIR/state.json.tmp" ); mv -f "$DIR/state.json.tmp" "$DIR/state.json"
  printf '%s\n' "$j"; }
rs_status() { # rs_status NAME... : the saved state plus "running"
  local n run=true; local pids='{}'
  for n in "$@"; do local p; if p=$(rs_pid "$n"); then pids=$(jq -c --arg n "$n" --argjson p "$p" '.[$n]=$p' <<<"$pids"); else run=false; fi; done
  if [ -s "$DIR/state.json" ]; then jq -c --argjson r $run --argjson p "$pids" '. + {running:$r, pids:$p}' "$DIR/state.json"
  else jq -nc --argjson r $run --argjson p "$pids" '{ok:false, running:$r, pids:$p}'; fi
  [ $run = true ]; }

# --- a private PostgreSQL cluster --------------------------------------------------------------
# rs_pg_up : initdb (once) and start a cluster in DIR/pg that listens on a Unix socket only.
# Sets PGHOST (socket directory) and PGUSER=postgres; authentication is "trust", and the socket
# directory is the only way in.
RS_PGBIN=${RS_PGBIN:-/usr/lib/postgresql/15/bin}
rs_pg_run() { # run a command as the cluster's owner
  if [ "$(id -u)" = 0 ]; then ( cd /; exec setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/tmp "$@" 8>&- 9>&- ); else ( cd /; exec "$@" 8>&- 9>&- ); fi; }
rs_pg_up() {
  local d="$DIR/pg" i
  [ -x "$RS_PGBIN/initdb" ] || rs_apt postgresql-15 </dev/null
  if [ "$(id -u)" = 0 ]; then
    chmod o+x "$DIR"   # the cluster's owner is another user: it must be able to walk into DIR
    rs_pg_run test -x "$DIR" || rs_die "user postgres cannot enter $DIR: a directory above it is closed (mode 700?)"
  fi
  mkdir -p "$d/sock"; PGHOST="$d/sock"; PGUSER=postgres; export PGHOST PGUSER
  [ ${#PGHOST} -le 88 ] || rs_die "$PGHOST is too long for a Unix socket path (107 bytes with the file name): use a shorter DIR"
  [ "$(id -u)" != 0 ] || chown -R postgres:postgres "$d"
  if [ ! -s "$d/data/PG_VERSION" ]; then
    rs_log "initdb in $d/data"
    rs_pg_run "$RS_PGBIN/initdb" -D "$d/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$DIR/log/initdb.log" 2>&1 </dev/null || { cat "$DIR/log/initdb.log" >&2; rs_die "initdb failed"; }
    rs_pg_run tee -a "$d/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$PGHOST'
max_connections = 60
shared_buffers = 64MB
fsync = off
synchronous_commit = off
full_page_writes = off
log_min_messages = warning
timezone = 'UTC'
CONF
  fi
  rm -f "$d/data/postmaster.pid.stale"
  if [ "$(id -u)" = 0 ]; then rs_start postgres setpriv --reuid=postgres --regid=postgres --init-groups "$RS_PGBIN/postgres" -D "$d/data"
  else rs_start postgres "$RS_PGBIN/postgres" -D "$d/data"; fi
  for i in $(seq 1 200); do "$RS_PGBIN/pg_isready" -q -h "$PGHOST" -U postgres && return 0
    rs_alive postgres || rs_fail_log postgres "postgres died while starting"; sleep 0.1; done
  rs_fail_log postgres "postgres is not ready after 20 s"
}
rs_pg_down() { rs_stop postgres INT 20; }   # INT = fast shutdown
rs_pg_sql() { "$RS_PGBIN/psql" -h "$PGHOST" -U postgres -v ON_ERROR_STOP=1 -qAt "$@"; }
