#compdef PROGRAM
# zsh completion for PROGRAM(1), as PROGRAM --completion zsh prints it.

# What the words before the cursor say: the `command`, and the archive's folder,
# `archive`.
_PROGRAM_look() {
    local word option

    for word in ${words[2,CURRENT-1]}; do
        if [[ -n $option ]]; then
            [[ $option != (-d|--archive) ]] || archive=${(Q)word}
            option=
        elif [[ $word == --archive=* ]]; then
            archive=${(Q)word#*=}
        elif [[ $word == -?* ]]; then
            (( ! $_PROGRAM_valued[(Ie)$word] )) || option=$word
        elif [[ -z $command ]]; then
            _PROGRAM_command $word
        fi
    done
}
TABLES
QUERY

_PROGRAM() {
    local command archive curcontext=$curcontext
    local -a specs

    _PROGRAM_look
    _PROGRAM_specs
    _arguments -s -S : $specs
}

if [[ $funcstack[1] == _PROGRAM ]]; then
    _PROGRAM "$@"
else
    compdef _PROGRAM PROGRAM
fi
