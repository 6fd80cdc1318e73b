# An archive that is never left in peace, for the tests of what goes on beside
# it: sourced by each after faults.bash, with `nindex` set.
# shellcheck shell=bash disable=SC2154

# Which articles stand, from lines of JSON, as one word.
state_of() {
    jq -r '.key + " " + .headline' | LC_ALL=C sort | sha256sum | cut -c1-64
}

# Note what has been published: the state that stands between two commands.
note_published() {
    "$nindex" -d archive dump | state_of >>published
}

# A file of three articles, which says what step wrote it.  All files together
# have as many as fit on one page.
write_file() {
    local part

    for part in 1 2 3; do
        article "f$1-$part" "Harbour at $2" "Part $part of the strike, at $2."
    done >new.jsonl
    mv new.jsonl "news/$1.jsonl"
}

# One step: a change, and a command, which may be killed at any moment.
churn_step() {
    local file=$((RANDOM % 15)) status=0
    local -a command=(--prune news) kill=()

    case $((RANDOM % 10)) in
    [0-5]) write_file "$file" "$1" ;;
    6) rm -f "news/$file.jsonl" ;;
    7) command=(delete "f$file-1") ;;
    8) command=(delete --undelete "f$file-1") ;;
    9) command=(optimize) ;;
    esac
    ((RANDOM % 2)) || kill=(timeout -s KILL "0.0$((RANDOM % 90 + 10))")
    # In braces, so that the shell's own word of the kill goes there, too.
    {
        "${kill[@]}" "$nindex" -q -d archive "${command[@]}" || status=$?
    } 2>>churn.errors
    case $status in
    0 | 2) ;; # 2: there is no such article
    3) refused=$((refused + 1)) ;; # somebody holds the lock
    137) killed=$((killed + 1)) ;;
    *) die "step $1: ${command[*]} ends with $status: $(tail -n 1 churn.errors)" ;;
    esac
    note_published
}

# Until there is a file `stop`.  Leaves its counts in the file `churned`, which
# is not there if anything went wrong.
churn() {
    local step killed=0 refused=0

    for ((step = 1; ; step++)); do
        [ ! -e stop ] || break
        churn_step "$step"
    done
    echo "$step steps, $killed killed, $refused kept out" >churned
}

# The archive of the first step, and the churning in the background.
start_churning() {
    local file

    mkdir news
    for file in {0..14}; do
        write_file "$file" 0
    done
    "$nindex" -q -d archive news
    note_published
    churn &
    churning=$!
}

# Ends what start_churning() began, and sorts what has been published.
stop_churning() {
    touch stop
    wait "$churning" || true
    [ -s churned ] || die "the churning ended early"
    sort -u published >states
}
