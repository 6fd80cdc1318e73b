#!/usr/bin/env bash
# full.sh NINDEX: file systems and files that are too small.
#
# On a tmpfs of each of many sizes (as root; the rest is run anyway), and with
# each of many limits on the size of a file, a run must end with exit code 4
# and a sentence, never by a signal; what was there can still be searched; and
# with room again the next run completes it.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1")
nsearch=${NSEARCH:-$(dirname "$nindex")/nsearch}
work=$(mktemp -d)
cleanup() {
    umount "$work/disk" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
cd "$work"
# shellcheck source-path=SCRIPTDIR source=faults.bash
. "$here/faults.bash"

mkdir news disk
article k1 One "The first text." >news/a.jsonl
"$nindex" -q -d before news
standing before >old
for ((i = 0; i < 400; i++)); do
    article "n$i" "Number $i" "$(head -c 600 /dev/urandom | base64 -w 0)"
done >news/b.jsonl
cp -a before archive
"$nindex" -q -d archive news
standing archive >new
small=0 enough=0

# judge WHAT STATUS FOLDER: after a run that had too little room, or enough.
judge() {
    if [ "$2" = 0 ]; then
        enough=$((enough + 1))
        check_archive "$3" "$1" new
        return
    fi
    small=$((small + 1))
    [ "$2" = 4 ] || die "$1: exit code $2, not 4: $(tail -n 1 errors)"
    [ -s errors ] || die "$1: not a word about it"
    check_archive "$3" "$1" old
    [ "$("$nsearch" -c -d "$3" first)" = 1 ] || die "$1: cannot be searched"
}

files() {
    local blocks status
    for ((blocks = 16; blocks <= 8192; blocks += blocks / 4)); do
        rm -rf archive
        cp -a before archive
        status=0
        # Blocks of 1,024 bytes; the reports of the tests are not limited.
        (
            ulimit -f "$blocks"
            exec "$nindex" --workers 0 -q -d archive news
        ) 2>errors || status=$?
        judge "files of at most $blocks KiB" "$status" archive
        "$nindex" -q -d archive news || die "$blocks KiB: the next run fails"
        check_archive archive "after files of at most $blocks KiB" new
    done
}

disks() {
    local size status
    for ((size = 256; size <= 16384; size += size / 6)); do
        mount -t tmpfs -o "size=${size}k" none disk
        status=0
        if cp -a before disk/archive 2>/dev/null; then
            "$nindex" --workers 0 -q -d disk/archive news 2>errors || status=$?
            judge "a disk of $size KiB" "$status" disk/archive
            mount -o remount,size=64m disk
            "$nindex" -q -d disk/archive news || die "$size KiB: the next run fails"
            check_archive disk/archive "after a disk of $size KiB" new
        fi
        umount disk
    done
}

files
if mount -t tmpfs -o size=1m none disk 2>/dev/null; then
    umount disk
    disks
else
    echo "no file system can be mounted here: limits on files only"
fi
[ "$small" -gt 5 ] || die "only $small runs had too little room: that proves nothing"
[ "$enough" -gt 0 ] || die "no run had enough room"
echo "$small runs had too little room, $enough enough; none did harm"
