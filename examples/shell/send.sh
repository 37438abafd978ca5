#!/bin/sh
# Sends a line:  SM_TOKEN=… sh send.sh SPEAKER TEXT [ROOM]
# SM_URL is the server (http://localhost:8000), SM_TOKEN the token that its controller shows.
set -eu
: "${SM_TOKEN:?set SM_TOKEN to the token that the controller shows}"
url=${SM_URL:-http://localhost:8000}
speaker=${1:?who speaks}
text=${2:?what is said}
room=${3:-}

# The speaker is part of the path: each of its bytes as %XX, so that a blank, a slash or a question mark may be in it.
speaker=$(printf %s "$speaker" | od -An -v -tx1 | tr -d '\n' | tr ' ' '%')

# curl encodes the text; the token goes by header, so that it stands in no log.
curl --fail-with-body --silent --show-error --get "$url/api/v1/send/$speaker" \
  --header "Authorization: Bearer $SM_TOKEN" \
  --data-urlencode "msg=$text" \
  ${room:+--data-urlencode "room=$room"}
echo
