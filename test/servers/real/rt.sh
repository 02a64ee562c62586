#!/bin/bash
# rt.sh - a real Request Tracker 5 on loopback, from nothing.
#   rt.sh up PORT DIR [WEBHOOK_URL]   install, create, start, seed; prints one JSON line
#   rt.sh down DIR                    stop everything (data stays; rm -rf DIR removes it)
#   rt.sh status DIR                  the JSON line again, with "running"; exit 1 when not running
#   rt.sh webhook DIR URL|off         change where the scrip posts (no restart)
# The scrip is the one that people paste: src/connectors/request-tracker/webhook-scrip.pl.
# Environment: RT_DB=pg (default, private cluster on a Unix socket) | sqlite
#              RT_WORKERS=4   RT_ROOT_PASSWORD=...   RT_SMTP=127.0.0.1:PORT (send RT's mail there)
#              RT_BCRYPT_COST=4 (RT's own default 12 costs ~0.3 s of CPU in every authenticated request)
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$HERE/common.sh"
usage() { sed -n '2,/^[^#]/{/^#/p}' "${BASH_SOURCE[0]}" >&2; exit 2; }

RT_DB=${RT_DB:-pg}
RT_WORKERS=${RT_WORKERS:-4}
RT_BCRYPT_COST=${RT_BCRYPT_COST:-4}
SETUP_DB=/usr/sbin/rt-setup-database-5
RT_SERVER=/usr/share/request-tracker5/libexec/rt-server

packages() {
  local db; case "$RT_DB" in pg) db="rt5-db-postgresql postgresql-15" ;; sqlite) db=rt5-db-sqlite ;; *) rs_die "RT_DB must be pg or sqlite" ;; esac
  # rt5-standalone instead of apache. RT insists on a mail-transport-agent: keep the one that is there,
  # else take msmtp-mta, which has no daemon (two such packages cannot be installed together).
  local mta=; dpkg-query -W -f '${db:Status-Status} ${Provides}\n' 2>/dev/null | grep -q '^installed.*mail-transport-agent' || mta=msmtp-mta
  rs_apt request-tracker5 rt5-standalone $db $mta msmtp curl jq <<'ANSWERS'
request-tracker5 request-tracker5/dbconfig-install boolean false
request-tracker5 request-tracker5/dbconfig-reinstall boolean false
request-tracker5 request-tracker5/install-cronjobs boolean false
request-tracker5 request-tracker5/handle-siteconfig-permissions boolean false
request-tracker5 request-tracker5/rtname string rt.localhost
request-tracker5 request-tracker5/organization string rt.localhost
request-tracker5 request-tracker5/correspondaddress string rt@localhost
request-tracker5 request-tracker5/commentaddress string rt-comment@localhost
request-tracker5 request-tracker5/webbaseurl string http://127.0.0.1
ANSWERS
}

write_config() {
  mkdir -p "$DIR/etc" "$DIR/var/mason" "$DIR/var/sessions" "$DIR/site.d"
  local db
  if [ "$RT_DB" = pg ]; then db="Set(\$DatabaseType, 'Pg'); Set(\$DatabaseHost, '$PGHOST'); Set(\$DatabasePort, ''); Set(\$DatabaseUser, 'rtuser'); Set(\$DatabasePassword, 'unused'); Set(\$DatabaseName, 'rtdb'); Set(\$DatabaseAdmin, 'postgres');"
  else db="Set(\$DatabaseType, 'SQLite'); Set(\$DatabaseName, '$DIR/var/rt.sqlite'); Set(\$DatabaseHost, ''); Set(\$DatabaseUser, ''); Set(\$DatabasePassword, '');"; fi
  local mail="Set(\$MailCommand, 'mbox');"   # DIR/var/*.mbox
  if [ -n "${RT_SMTP:-}" ]; then
    cat >"$DIR/etc/sendmail" <<SM
#!/bin/sh
exec /usr/bin/msmtp --host=${RT_SMTP%:*} --port=${RT_SMTP##*:} --auth=off --tls=off --from=rt@localhost --read-recipients
SM
    chmod 755 "$DIR/etc/sendmail"
    mail="Set(\$MailCommand, 'sendmailpipe'); Set(\$SendmailPath, '$DIR/etc/sendmail'); Set(\$SendmailArguments, ''); Set(\$SendmailBounceArguments, '');"
  fi
  cat >"$DIR/etc/RT_SiteConfig.pm" <<CONF
# written by rt.sh; used through RT_SITE_CONFIG, nothing in /etc/request-tracker5 is read
Set(\$rtname, 'rt.localhost');
Set(\$Organization, 'rt.localhost');
Set(\$CorrespondAddress, 'rt\@localhost');
Set(\$CommentAddress, 'rt-comment\@localhost');
Set(\$WebDomain, '127.0.0.1');
Set(\$WebPort, $PORT);
Set(\$WebPath, '');
Set(\$WebSecureCookies, 0);
Set(\$Timezone, 'UTC');
$db
$mail
Set(\$LogToSyslog, undef);
Set(\$LogToSTDERR, 'warning');
Set(\$LogToFile, 'info');
Set(\$LogDir, '$DIR/log');
Set(\$LogToFileNamed, 'rt-app.log');
Set(\$DevelMode, 0);
Set(\$BcryptCost, $RT_BCRYPT_COST);
Set(\$MinimumPasswordLength, 5);
Set(\$AutoCreateNonExternalUsers, 1);
Set(\$MaxAttachmentSize, 50_000_000);
Set(\$WebhookUrlFile, '$DIR/etc/webhook.url');        # read by the scrip, so that the address changes without a restart
Set(\$WebhookSecretFile, '$DIR/etc/webhook.secret');
\$RT::VarPath = '$DIR/var';
\$RT::MasonDataDir = '$DIR/var/mason';
\$RT::MasonSessionDir = '$DIR/var/sessions';
1;
CONF
  [ -s "$DIR/etc/webhook.secret" ] || ( umask 077; rs_rand 32 >"$DIR/etc/webhook.secret" )
  [ -e "$DIR/etc/webhook.url" ] || : >"$DIR/etc/webhook.url"
}

rt_env() { rs_system_path; export RT_SITE_CONFIG="$DIR/etc/RT_SiteConfig.pm" RT_SITE_CONFIG_DIR="$DIR/site.d" HOME="$DIR/var"; }

create_db() {
  [ -e "$DIR/.db-ready" ] && return 0
  rs_log "creating the $RT_DB database"
  local t0=$SECONDS
  if [ "$RT_DB" = pg ]; then
    rs_pg_sql -d postgres -c "DROP DATABASE IF EXISTS rtdb" -c "DROP ROLE IF EXISTS rtuser" \
      -c "CREATE ROLE rtuser LOGIN" -c "CREATE DATABASE rtdb OWNER rtuser TEMPLATE template0 ENCODING 'UTF8'" >/dev/null
  else rm -f "$DIR/var/rt.sqlite"; fi
  printf '%s\n' "$ROOT_PASSWORD" >"$DIR/etc/root.pw"; chmod 600 "$DIR/etc/root.pw"
  "$SETUP_DB" --action init --skip-create --root-password-file "$DIR/etc/root.pw" >"$DIR/log/setup-database.log" 2>&1 </dev/null 9>&- \
    || { tail -n 20 "$DIR/log/setup-database.log" >&2; rs_die "rt-setup-database failed"; }
  rm -f "$DIR/etc/root.pw"; : >"$DIR/.db-ready"
  rs_log "database ready in $((SECONDS - t0)) s"
}

up() {
  [ $# -ge 2 ] || usage
  PORT=$1; rs_port_ok "$PORT"; rs_dir "$2"; rs_lock
  if [ -s "$DIR/rt.env" ]; then # a second `up` keeps the first one's database kind
    local was; was=$(sed -n 's/^RT_DB=//p' "$DIR/rt.env"); [ "$was" = "$RT_DB" ] || { rs_log "DIR was made with RT_DB=$was; keeping that"; RT_DB=$was; }
  fi
  packages
  echo "RT_DB=$RT_DB" >"$DIR/rt.env"
  if rs_alive rt && { [ "$RT_DB" != pg ] || rs_alive postgres; } && [ -s "$DIR/state.json" ]; then
    [ "$(jq -r .port "$DIR/state.json")" = "$PORT" ] || rs_die "already running on another port: rt.sh down $DIR first"
    [ -z "${3:-}" ] || set_webhook "$3"
    cat "$DIR/state.json"; return 0
  fi
  rs_stop rt; rs_port_free_or_die "$PORT"
  mkdir -p "$DIR/etc"
  [ -s "$DIR/etc/secrets" ] || ( umask 077; echo "ROOT_PASSWORD=${RT_ROOT_PASSWORD:-$(rs_rand 16)}" >"$DIR/etc/secrets" )
  . "$DIR/etc/secrets"
  [ "$RT_DB" != pg ] || rs_pg_up
  write_config; rt_env
  create_db
  [ -z "${3:-}" ] || set_webhook "$3"
  rs_log "seeding queue, users, custom fields, tokens, scrip"
  ( umask 077; : >"$DIR/seed.out.json" )
  ROOT_PASSWORD=$ROOT_PASSWORD SEED_SECRETS="$DIR/etc/seed.json" \
    WEBHOOK_SCRIP="$HERE/../../../src/connectors/request-tracker/webhook-scrip.pl" /usr/bin/perl "$HERE/rt-seed.pl" >"$DIR/seed.out.json" 2>"$DIR/log/seed.log" </dev/null 9>&- || { tail -n 20 "$DIR/log/seed.log" >&2; rs_die "seeding failed"; }
  rm -rf "$DIR/var/mason"; mkdir -p "$DIR/var/mason"
  rs_start rt "$RT_SERVER" --host "$RS_HOST" --port "$PORT" --max-workers "$RT_WORKERS" --max-reqs-per-child 2000 --timeout 60
  rs_wait_http rt "http://$RS_HOST:$PORT/REST/2.0/rt" 60 '200|401'
  jq -n --slurpfile s "$DIR/seed.out.json" --arg base "http://$RS_HOST:$PORT" --argjson port "$PORT" --arg dir "$DIR" --arg db "$RT_DB" \
     --arg wh "$(cat "$DIR/etc/webhook.url")" --arg whs "$(cat "$DIR/etc/webhook.secret")" \
    '{ok:true, kind:"request-tracker", version:$s[0].version, base:$base, rest:($base+"/REST/2.0"), port:$port, dir:$dir, db:$db}
     + ($s[0]|del(.version)) + {webhook:{url:$wh, secret:$whs, signatureHeader:"X-RT-Signature"}}' | rs_emit
}

set_webhook() { local u=$1; [ "$u" != off ] || u=; printf '%s' "$u" >"$DIR/etc/webhook.url.tmp"; mv -f "$DIR/etc/webhook.url.tmp" "$DIR/etc/webhook.url"
  if [ -s "$DIR/state.json" ]; then jq -c --arg u "$u" '.webhook.url=$u' "$DIR/state.json" >"$DIR/state.json.tmp"; chmod 600 "$DIR/state.json.tmp"; mv -f "$DIR/state.json.tmp" "$DIR/state.json"; fi; }

down() { [ $# -ge 1 ] || usage; rs_dir "$1" existing || { echo '{"ok":true,"running":false}'; return 0; }; rs_lock
  rs_stop rt TERM 15; [ ! -d "$DIR/pg" ] || rs_pg_down
  jq -nc --arg d "$DIR" '{ok:true,running:false,dir:$d}'; }

case "${1:-}" in
  up) shift; up "$@" ;;
  down) shift; down "$@" ;;
  status) shift; [ $# -ge 1 ] || usage; rs_dir "$1" existing || { echo '{"ok":false,"running":false}'; exit 1; }
    if [ -d "$DIR/pg" ]; then rs_status rt postgres; else rs_status rt; fi ;;
  webhook) shift; [ $# -ge 2 ] || usage; rs_dir "$1" existing || rs_die "no such DIR"; set_webhook "$2"; cat "$DIR/state.json" ;;
  *) usage ;;
esac
