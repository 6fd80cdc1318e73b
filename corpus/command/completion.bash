# bash completion for PROGRAM(1), as PROGRAM --completion bash prints it.
TABLES

# A word without the shell's quotes: `plain`; from where in it readline puts
# what we reply: `from`; and the `quote` that is still open.
_PROGRAM_unquote()
{
    local at=0 c

    plain='' from=0 quote=''
    while ((at < ${#1})); do
        c=${1:at:1}
        at=$((at + 1))
        if [[ $c == "\\" && $quote != "'" ]]; then
            plain+=${1:at:1}
            at=$((at + 1))
        elif [[ $c == "$quote" ]]; then
            quote=''
        elif [[ -z $quote && $c == [\'\"] ]]; then
            quote=$c from=${#plain}
        else
            plain+=$c
            [[ -n $quote || $c != [=:] || $COMP_WORDBREAKS != *$c* ]] ||
                from=${#plain}
        fi
    done
}

# The `words` up to the cursor, put together where bash parts them at = and :,
# and unquoted; `plain`, `from` and `quote` are those of the last.
_PROGRAM_words()
{
    local line=${COMP_LINE:0:COMP_POINT} i word
    local -a typed=()

    for ((i = 0; i <= COMP_CWORD; i++)); do
        if ((i == 0)) || [[ $line == [[:blank:]]* ]]; then
            line=${line#"${line%%[![:blank:]]*}"}
            typed+=('')
        fi
        word=${COMP_WORDS[i]}
        ((i < COMP_CWORD)) || word=$line
        typed[-1]+=$word
        line=${line#"$word"}
    done
    words=()
    for word in "${typed[@]}"; do
        _PROGRAM_unquote "$word"
        words+=("$plain")
    done
}

# Reply with a word, quoted like the one that is typed.
_PROGRAM_reply()
{
    local word=${1:from}

    case $quote in
        \')
            word=${word//\'/\'\\\'\'}
            ;;
        \")
            word=${word//\\/\\\\}
            word=${word//\"/\\\"}
            word=${word//\$/\\\$}
            word=${word//\`/\\\`}
            # Readline takes this for the end of the quotes.
            [[ $word != *\" ]] || word+=\"
            ;;
        *)
            [[ $word != *[![:alnum:]_.,:=/+-]* ]] || printf -v word %q "$word"
            ;;
    esac
    COMPREPLY+=("$word")
}

# Reply with those words that begin with what is typed, in any case.
_PROGRAM_match()
{
    local word

    for word; do
        [[ ${word,,} != "${plain,,}"* ]] || _PROGRAM_reply "$word"
    done
}

# What the words before the last are: the `command`; the `option` that the last
# is the value of; the archive's folder, `archive`; only arguments from here on.
_PROGRAM_look()
{
    local i word kind
    local -a choices

    for ((i = 1; i < ${#words[@]} - 1; i++)); do
        word=${words[i]}
        if [[ -n $option ]]; then
            [[ $option != @(-d|--archive) ]] || archive=$word
            option=''
        elif [[ -z $arguments && $word == -- ]]; then
            arguments=yes
        elif [[ -z $arguments && $word == --*=* ]]; then
            [[ $word != --archive=* ]] || archive=${word#*=}
        elif [[ -z $arguments && $word == -?* ]]; then
            kind=''
            _PROGRAM_value "$word"
            [[ -z $kind ]] || option=$word
        elif [[ -z $command ]]; then
            _PROGRAM_command "$word"
        fi
    done
}

_PROGRAM()
{
    local plain from quote word command='' option='' archive='' arguments=''
    local kind='' before=''
    local -a words choices=()

    COMPREPLY=()
    _PROGRAM_words
    _PROGRAM_look
    if [[ -n $option ]]; then
        _PROGRAM_value "$option"
    elif [[ -z $arguments && $plain == --*=* ]]; then
        before=${plain%%=*}=
        _PROGRAM_value "${plain%%=*}"
        [[ -n $kind ]] || _PROGRAM_value "$before"
    elif [[ -z $arguments && $plain == -* ]]; then
        kind=choice
        _PROGRAM_options
    else
        _PROGRAM_argument
    fi
    case $kind in
        choice)
            _PROGRAM_match "${choices[@]/#/"$before"}"
            ;;
        list)
            compopt -o nospace
            word=${plain#"$before"}
            [[ $word != *,* ]] || before+=${word%,*},
            _PROGRAM_match "${choices[@]/#/"$before"}"
            ;;
        folder)
            compopt -o dirnames
            ;;
        file)
            _PROGRAM_match "${choices[@]}"
            if ((${#COMPREPLY[@]})); then
                compopt -o filenames
                mapfile -t -O ${#COMPREPLY[@]} COMPREPLY \
                    < <(compgen -f -- "$plain")
            else
                compopt -o default
            fi
            ;;
        query)
            _PROGRAM_query
            ;;
    esac
}

QUERY
complete -F _PROGRAM PROGRAM
