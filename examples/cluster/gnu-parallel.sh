#!/bin/bash
# Fills a folder of photographs with GNU parallel, on this machine or on several over ssh.
#
#   ./gnu-parallel.sh photos masks filled                          on this machine
#   HOSTS=ada,bob,carol ./gnu-parallel.sh photos masks filled      on these
#
# Over ssh each machine needs pconv on the PATH that ssh gives, the folders under the same paths (NFS, sshfs), and ssh
# without a password. JOBS is how many parts a machine does at a time; one uses all cores already, so two or three are
# enough. PARTS should be some times more, so that a fast machine does more of them.
#
# Run it again after an interruption: what is done is not done twice.
set -euo pipefail

PHOTOS=$(realpath "${1:?usage: $0 PHOTOS MASKS OUT}")
MASKS=$(realpath "${2:?usage: $0 PHOTOS MASKS OUT}")
OUT=$(realpath -m "${3:?usage: $0 PHOTOS MASKS OUT}")
HOSTS=${HOSTS:-:}
JOBS=${JOBS:-2}
PARTS=${PARTS:-16}

# --quote keeps spaces in names whole, --line-buffer --tag shows each line as it comes, behind the number of its part,
# --retries tries a part on another machine if one has died. {} is the number of the part.
status=0
seq "$PARTS" | parallel --sshlogin "$HOSTS" --jobs "$JOBS" --quote --line-buffer --tag --retries 2 \
  pconv inpaint "$PHOTOS" --mask "$MASKS" --output "$OUT" --device cpu --shard "{}/$PARTS" || status=$?

pconv report "$OUT" --output "$OUT/run.html" --overwrite
# The number of parts in which something failed.
exit "$status"
