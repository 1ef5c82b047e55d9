#!/usr/bin/env bash
# Runs all tests. Installs what they need when it is missing and it may, and says what it did.
# Usage: bash tests/run.sh [further arguments of dotnet test]
set -u
cd "$(dirname "$0")/.."

say() { printf 'tests: %s\n' "$*"; }
may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# PostgreSQL's programs, of the newest version that is there.
postgres_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

# Debian packages: Chromium for the browser tests, PostgreSQL for the store that several hosts share.
missing=()
[ -n "$(postgres_bin)" ] || missing+=(postgresql)
[ -x /usr/bin/chromium ] || missing+=(chromium)
if [ ${#missing[@]} -gt 0 ]; then
  if may_install; then
    say "installing ${missing[*]}"
    # The package's own server is not wanted.
    if [ -z "$(postgres_bin)" ] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
      mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    fi
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      -o Dpkg::Options::=--force-confold "${missing[@]}") >/tmp/opschat-apt.log 2>&1 \
      || { say "could not install ${missing[*]}; the tests that need them are skipped"; tail -n 3 /tmp/opschat-apt.log; }
  else
    say "missing: ${missing[*]} (install them as root); the tests that need them are skipped"
  fi
fi

# The model tests talk to a real OpenAI-compatible server from npm.
if [ -f tests/package.json ] && [ ! -d tests/node_modules ]; then
  if command -v npm >/dev/null 2>&1; then
    say "installing the model test server from npm"
    (cd tests && npm install --no-audit --no-fund --silent) || say "npm install failed; the model server tests are skipped"
  else
    say "npm is missing; the model server tests are skipped"
  fi
fi

# PostgreSQL runs for the tests alone: a data folder of its own, reached by a socket in it, as a user who may do nothing else.
as_postgres() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
log=$(mktemp); pg=; memory=
end() {
  rm -f "$log"
  [ -z "$memory" ] || rm -rf "$memory"
  [ -z "$pg" ] || { as_postgres "$(postgres_bin)/pg_ctl" -D "$pg/data" -m immediate stop >/dev/null 2>&1; rm -rf "$pg"; }
}
trap end EXIT
if [ -z "${OPSCHAT_TEST_POSTGRES:-}" ] && [ -n "$(postgres_bin)" ]; then
  pg=$(mktemp -d /tmp/opschat-pg-XXXXXX)
  [ "$(id -u)" != 0 ] || chown postgres "$pg"
  if as_postgres "$(postgres_bin)/initdb" -D "$pg/data" -U opschat -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$pg/init.log" 2>&1 \
    && as_postgres "$(postgres_bin)/pg_ctl" -D "$pg/data" -w -l "$pg/log" -o "-c listen_addresses= -c unix_socket_directories=$pg -c fsync=off -c max_connections=300" start >/dev/null; then
    export OPSCHAT_TEST_POSTGRES="Host=$pg;Username=opschat;Database=postgres"
  else
    say "PostgreSQL does not start; the tests that need it are skipped"
    tail -n 3 "$pg/init.log" "$pg/log" 2>/dev/null
  fi
fi

# Hundreds of shops are opened, and every commit waits for the disk: where there is memory to spare, their files lie in it. What a real disk does
# to a store is measured by the kill test.
if [ -z "${TMPDIR:-}" ] && [ "$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1 || echo 0)" -gt 6000000 ] 2>/dev/null; then
  memory=$(mktemp -d /dev/shm/opschat-tests-XXXXXX) && export TMPDIR=$memory
fi

# A test runs most code once: watching it, to compile it better for the next time, costs a seventh of the processor's time.
export DOTNET_TieredPGO=0

run() { dotnet test OpsChat.sln --nologo --verbosity quiet --logger "console;verbosity=minimal" "$@" 2>&1 | tee "$log"; return "${PIPESTATUS[0]}"; }
# dotnet closes each test project with a line that counts; add them up.
count() { grep -oE "$1: +[0-9]+" "$log" | grep -oE '[0-9]+' | awk '{ sum += $1 } END { print sum + 0 }'; }
# The tests that failed, without their arguments: all rows of a theory together.
failures() { sed -nE 's/^  Failed ([A-Za-z0-9_.+]+).*/\1/p' "$log" | sort -u; }

run "$@"
status=$?
passed=$(count Passed); failed=$(count Failed); skipped=$(count Skipped)
[ "$passed" -gt 0 ] || [ "$status" -ne 0 ] || { say "no test ran"; status=1; }
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1

# A test that fails beside others is run once more by itself. What passes then is named: such a test has a fault of its own to be mended,
# but says nothing against the product. Many failures are never that.
names=$(failures)
case " $* " in *" --filter "*) names="";; esac
if [ "$failed" -gt 0 ] && [ -n "$names" ] && [ "$(wc -l <<<"$names")" -le 5 ]; then
  say "once more, by themselves:"; printf '  %s\n' $names
  again=(); for argument in "$@"; do [ "$argument" = --no-build ] || again+=("$argument"); done
  run ${again[@]+"${again[@]}"} --no-build --filter "$(printf 'FullyQualifiedName=%s|' $names | sed 's/|$//')"
  status=$?
  still=$(count Failed)
  [ "$status" -eq 0 ] || [ "$still" -gt 0 ] || still=$failed
  unsteady=$((failed - still))
  [ "$unsteady" -le 0 ] || say "$unsteady passed only on the second try, among those named above: unsteady, to be mended"
  passed=$((passed + unsteady)); failed=$still
fi

if [ "$skipped" -gt 0 ]; then printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"; else printf '%s passed, %s failed\n' "$passed" "$failed"; fi
exit "$status"
