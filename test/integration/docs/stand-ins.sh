# Read by bash before the shell blocks of a page: what would change this machine, or needs what a test has not, only
# notes how it was called ($CALLS, one call a line); curl is curl, with the test's server for localhost:8000.
note() { local IFS=$'\x1f'; printf '%s\n' "$*" >>"$CALLS"; }

npm() { note npm "$@"; }
docker() { note docker "$@"; }
git() { note git "$@"; }
useradd() { note useradd "$@"; }
systemd-run() { note systemd-run "$@"; }
systemctl() { note systemctl "$@"; }
journalctl() { note journalctl "$@"; }
cd() { note cd "$@"; }
some-program() { printf '一个字'; sleep 0.1; printf '一个字地来'; }

curl() {
  local arguments=("${@//http:\/\/localhost:8000/$SERVER}") status=0 answer
  answer=$(mktemp "$ANSWERS/XXXXXX")
  case " $* " in
    *' -N '*)
      # An event stream has no end of its own: it was good if it began.
      local line stream
      exec {stream}< <(exec curl -sS "${arguments[@]}")
      while read -r line <&"$stream"; do
        printf '%s\n' "$line" >>"$answer"
        case $line in *'"type":"hello"'*) break ;; esac
      done
      kill $!
      exec {stream}<&-
      ;;
    *)
      command curl -sS --fail-with-body "${arguments[@]}" >"$answer" || status=$?
      ;;
  esac
  cat "$answer"
  return "$status"
}
