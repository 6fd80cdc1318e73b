
# The last word of a query: a field, or a value of it that the archive has.
_PROGRAM_query() {
    local name facet quote='\"' expl
    local -a fields values plain before

    [[ $compstate[quote] != \' ]] || quote='"'
    # Behind the last blank or parenthesis that is in no phrase.
    compset -P '([^"]|"[^"]#")#[ (]'
    name=${PREFIX%%:*}
    _PROGRAM_fields ${(L)name}
    if [[ $PREFIX != *:* ]]; then
        _describe field fields -S :
        return
    fi
    [[ -n $facet ]] || return 1
    compset -P '[^:]#:'
    values=(${(f)"$(_call_program values PROGRAM ${archive:+-d ${(q)archive}} \
        --values $facet 2>/dev/null)"})
    values=(${values//\"/ })
    # What is no plain word is put in quotes, if there is none yet.
    if ! compset -P '(\\|)\"'; then
        before=(-P $quote)
        plain=(${(M)values:#[[:alnum:].-]##})
        values=(${values:#[[:alnum:].-]##})
    fi
    _wanted values expl $facet \
        compadd -M 'm:{[:lower:]}={[:upper:]}' -a plain
    _wanted values expl $facet \
        compadd -M 'm:{[:lower:]}={[:upper:]}' $before \
        -S "$quote$compstate[quote] " -a values
}
