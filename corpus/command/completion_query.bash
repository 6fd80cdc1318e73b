
# The last word of a query: a field, or a value of it that the archive has.
_PROGRAM_query()
{
    local text=${plain#"$before"} quotes last name facet='' value open
    local -a fields values

    # A phrase in quotes may hold blanks, and a quote of the shell behind a
    # field is meant for the value.
    quotes=${text//[!\"]/}
    last=$text
    if ((${#quotes} % 2)); then
        last=${text%\"*}
    elif [[ -n $quote && ${plain:0:from} == "$before"*: ]]; then
        last=${plain:${#before}:from-${#before}}
    fi
    text=${last##*[ (]}
    before=${plain:0:${#before}+${#last}-${#text}}
    last=${plain#"$before"}
    name=${last%%:*}
    _PROGRAM_fields "${name,,}"
    if [[ $last != *:* ]]; then
        compopt -o nospace
        _PROGRAM_match "${fields[@]/#/"$before"}"
        return
    fi
    [[ -n $facet ]] || return
    before+=$name:
    last=${last#*:}
    open=${last%"${last#\"}"}
    last=${last#\"}
    mapfile -t values < <(PROGRAM ${archive:+-d "$archive"} \
        --values "$facet" 2>/dev/null)
    for value in "${values[@]//\"/ }"; do
        [[ ${value,,} == "${last,,}"* ]] || continue
        if [[ -n $open || $value == *[![:alnum:].-]* ]]; then
            # The quote before it cannot be put where we do not replace.
            [[ -n $open || $from -le ${#before} ]] || continue
            value="\"$value\""
        fi
        _PROGRAM_reply "$before$value"
    done
}
