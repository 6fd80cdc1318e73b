#!/usr/bin/env bash
# power.sh NINDEX [COUNT [TYPE...]]: COUNT (10) power cuts in the middle of a
# run, on each type of file system (ext4 xfs).  Needs root, loop devices, the
# mkfs of each type, and xfs_io, whose "shutdown" makes a file system forget
# what has not reached its disk.  Only for the long tier.
#
# What a run that had ended before the cut has added must be there after it.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1")
count=${2:-10}
shift $(($# > 2 ? 2 : $#))
[ $# -gt 0 ] || set -- ext4 xfs
RANDOM=${SEED:-1}
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

# Runs one after the other; a line in `ended` for each that ended well.
keep_running() {
    local i
    for ((i = 1; i < 1000; i++)); do
        article "k$i" "Headline $i" "The text of $i." >"news/$i.jsonl"
        "$nindex" -q --workers 0 -d disk/archive news 2>>errors || return 0
        echo "$i" >>ended
        ((i % 7)) || "$nindex" -q -d disk/archive optimize 2>>errors || return 0
    done
}

for type; do
    old_cuts=0
    for ((cut = 1; cut <= count; cut++)); do
        rm -rf image news/*
        : >ended
        truncate -s 320M image
        case $type in
        ext4) mkfs.ext4 -q -F image ;;
        *) "mkfs.$type" -q -f image ;;
        esac
        mount -o loop image disk
        keep_running &
        sleep "$((RANDOM % 2)).$((RANDOM % 9 + 1))"
        acknowledged=$(tail -n 1 ended)
        xfs_io -x -c shutdown disk
        wait
        umount disk
        mount -o loop image disk
        if [ -n "$acknowledged" ]; then
            "$nindex" -q -d disk/archive check --full ||
                die "$type, cut $cut: not sound"
            "$nindex" -d disk/archive dump |
                sed 's/^{"key":"k\([0-9]*\)".*/\1/' | sort -n >got
            seq "$acknowledged" >expected
            head -n "$acknowledged" got | cmp -s - expected ||
                die "$type, cut $cut: run $acknowledged had ended, and is not there"
            old_cuts=$((old_cuts + 1))
        fi
        rm -f news/*
        article last Last "The run after the cut." >news/last.jsonl
        "$nindex" -q --workers 0 -d disk/archive news ||
            die "$type, cut $cut: the next run fails"
        "$nindex" -q -d disk/archive check --full ||
            die "$type, cut $cut: not sound after the next run"
        umount disk
    done
    echo "$type: $count cuts, $old_cuts with something to lose; nothing lost"
done
