#!/usr/bin/env bats
# What the shells make of what is typed before a TAB.
bats_require_minimum_version 1.5.0

setup_file() {
    export NSEARCH_ARCHIVE=$BATS_FILE_TMPDIR/archive HOME=$BATS_FILE_TMPDIR
    export TERM=dumb
    unset XDG_CONFIG_HOME
    cd "$BATS_FILE_TMPDIR" || return
    {
        article 1 "Coast Wire" "Hélène Maury"
        article 2 "Reuters" "Kim O'Dowd"
        article 3 'The "Halden" Ledger' "Jon Askeland"
        article 4 "The Herald" "Jules Kerbrat"
    } >news.jsonl
    nindex -q news.jsonl
    article 5 "Night Post" "Ann Lee" | nindex -q -d other -
    mkdir folder
    for program in nsearch nindex; do
        for shell in bash fish zsh; do
            "$program" --completion "$shell" >"$program.$shell"
        done
    done
}

setup() {
    cd "$BATS_FILE_TMPDIR" || return
}

# article KEY PUBLICATION BYLINE
article() {
    jq -cn --arg key "$1" --arg publication "$2" --arg byline "$3" \
        '{$key, headline: "Harbour", $byline, $publication, body: "A strike."}'
}

# in_bash / in_zsh - each line of the input is typed and a TAB; prints the lines
# that this makes.
in_bash() {
    rm -f made
    cat >typing <<'RC'
. ./nsearch.bash
. ./nindex.bash
put() {
    printf '%s\n' "$READLINE_LINE" >>made
    READLINE_LINE='' READLINE_POINT=0
}
bind -x '"\C-g": put'
bind 'set bell-style none'
RC
    {
        echo '. ./typing'
        while IFS= read -r line; do printf '%s\t\007' "$line"; done
    } | bash --norc --noprofile -i >log 2>&1
    cat made
}

in_zsh() {
    rm -f made
    cat >lines
    cat >typing <<'RC'
autoload -U compinit
compinit -u -D
. ./nsearch.zsh
. ./nindex.zsh
unsetopt beep
put() {
    print -r -- "$BUFFER" >>made
    BUFFER=
}
zle -N put
bindkey '^G' put
RC
    zsh -f -c '
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell ". ./typing"
        for line in "${(@f)$(<lines)}"; do
            zpty -w -n shell "$line"$'"'\t\a'"'
        done
        zpty -w shell ""
        zpty -w shell exit
        while zpty -r shell got; do print -rn -- $got; done' >log
    cat made
}

# in_fish - each line of the input is typed; prints what fish offers for it,
# without the descriptions.
in_fish() {
    while IFS= read -r line; do
        # shellcheck disable=SC2016 # fish has this variable
        fish --no-config -c \
            'source nsearch.fish; source nindex.fish; complete -C $argv[1]' \
            "$line" | cut -f 1 | paste -sd ' '
    done
}

# check SHELL FILE - FILE has what is typed, a line, and what comes of it.
check() {
    sed -n 'n;p' "$2" >expected
    sed -n 'p;n' "$2" | "in_$1" >got
    [ "$(wc -l <got)" -gt 3 ]
    diff -u expected got
}

# What is typed in words alone is the same to bash and zsh.
common() {
    cat <<'LINES'
nsearch --format j
nsearch --format json
nsearch --format=at
nsearch --format=atom 
nsearch --sort -
nsearch --sort -date 
nsearch headl
nsearch headline:
nsearch opcon hl
nsearch opcon hlead:
nsearch source:r
nsearch source:Reuters 
nsearch source:coa
nsearch source:\"Coast\ Wire\" 
nsearch PUB:coa
nsearch PUB:\"Coast\ Wire\" 
nsearch source:\"the\ her
nsearch source:\"The\ Herald\" 
nsearch source:\"The\ \ h
nsearch source:\"The\ \ Halden\ \ Ledger\" 
nsearch source:th
nsearch source:\"The\ 
nsearch by:ki
nsearch by:\"Kim\ O\'Dowd\" 
nsearch 'by:ki
nsearch 'by:"Kim O'\''Dowd"' 
nsearch "by:ki
nsearch "by:\"Kim O'Dowd\"" 
nsearch 'strike (author:hé
nsearch 'strike (author:"Hélène Maury"' 
nsearch -e 'source:"coast wire" by:j
nsearch -e 'source:"coast wire" by:"J
nsearch --query=by:jo
nsearch --query=by:\"Jon\ Askeland\" 
nsearch lead:a
nsearch lead:a
nsearch -d other source:n
nsearch -d other source:\"Night\ Post\" 
nsearch --archive=other source:n
nsearch --archive=other source:\"Night\ Post\" 
nsearch -d fol
nsearch -d folder/
nsearch -f new
nsearch -f news.jsonl 
nsearch -n 
nsearch -n 
nindex ch
nindex check 
nindex -q -d check rep
nindex -q -d check repair 
nindex new
nindex news.jsonl 
nindex add new
nindex add news.jsonl 
nindex check new
nindex check new
nindex delete --und
nindex delete --undelete 
nindex check --und
nindex check --und
nindex check --
nindex check --
nindex --prune=
nindex --prune=all 
nindex --format mets-
nindex --format mets-page 
nindex --language n
nindex --language n
nindex --report=new
nindex --report=news.jsonl 
LINES
}

@test "bash completes options, commands, fields and what the archive has" {
    {
        common
        cat <<'LINES'
nsearch source:"coa
nsearch source:"\"Coast Wire\"" 
nsearch --fields date,hea
nsearch --fields date,headline
nindex optimize --mem
nindex optimize --memory 
nsearch --no
nsearch --no-
LINES
    } >typed
    check bash typed
}

@test "zsh completes options, commands, fields and what the archive has" {
    {
        common
        cat <<'LINES'
nsearch --fields date,hea
nsearch --fields date,headline,
nindex optimize --mem
nindex optimize --memory=
nsearch --no
nsearch --no-
LINES
    } >typed
    check zsh typed
}

@test "fish completes options, commands, fields and what the archive has" {
    cat >typed <<'LINES'
nsearch --format j
json jsonl
nsearch --format=at
--format=atom
nsearch headl
headline:
nsearch source:r
source:reuters
nsearch source:coa
source:"coast Wire"
nsearch source:\"the\ her
source:"the herald"
nsearch source:\"the\ \ h
source:"the  halden  Ledger"
nsearch by:ki
by:"kim O'Dowd"
nsearch 'strike (author:hé
strike (author:"hélène Maury"
nsearch -e 'source:"coast wire" by:j
source:"coast wire" by:"jon Askeland" source:"coast wire" by:"jules Kerbrat"
nsearch --query=by:jo
by:"jon Askeland"
nsearch lead:a

nsearch -d other source:n
source:"night Post"
nsearch --archive=other source:n
source:"night Post"
nsearch -d fol
folder/
nsearch --fields date,hea
date,headline
nsearch --no-
--no-compounds --no-links --no-pager
nindex ch
check
nindex -q -d check rep
repair
nindex new
news.jsonl
nindex check new

nindex delete --und
--undelete
nindex check --und

nindex --language e
el en es eu
nindex --report=new
--report=news.jsonl
LINES
    check fish typed
}

@test "the shells find nothing wrong in what they read" {
    # The tables of a program may not need all that the script knows.
    shellcheck -s bash -e SC2034 nsearch.bash nindex.bash
    for program in nsearch nindex; do
        bash -n "$program.bash"
        zsh -n "$program.zsh"
        fish -n "$program.fish"
    done
}

@test "another shell is named with those that are known" {
    for program in nsearch nindex; do
        run -2 --separate-stderr "$program" --completion tcsh
        # shellcheck disable=SC2154 # bats sets it
        [ "$stderr" = "$program: --completion is one of bash, zsh, fish, not \"tcsh\"" ]
        [ -z "$output" ]
    done
}
