# bash completion for nsearch(1): options, fields and the archive's sources.
_nsearch()
{
    local cur prev words cword
    _init_completion -n : || return

    case $prev in
        -d | --archive)
            _filedir -d
            return
            ;;
        -f | --query-file)
            _filedir
            return
            ;;
        --sort)
            mapfile -t COMPREPLY < <(compgen -W "rank date -date words" -- "$cur")
            return
            ;;
        --color)
            mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$cur")
            return
            ;;
        --format)
            mapfile -t COMPREPLY < <(compgen -W \
                "text json jsonl csv tsv rss atom ris bibtex html" -- "$cur")
            return
            ;;
        --facet | --values)
            mapfile -t COMPREPLY < <(compgen -W \
                "source byline section year month" -- "$cur")
            return
            ;;
    esac
    case $cur in
        -*)
            mapfile -t COMPREPLY < <(compgen -W "$(nsearch --help |
                sed -n 's/.* \(--[a-z-]*\).*/\1/p')" -- "$cur")
            ;;
        source:* | src:*)
            local IFS=$'\n'
            mapfile -t COMPREPLY < <(compgen -W \
                "$(nsearch --values source 2>/dev/null | tr ' ' '-')" \
                -- "${cur#*:}")
            ;;
        *)
            mapfile -t COMPREPLY < <(compgen -S : -W \
                "headline byline caption body source section dateline lead hlead date since until wc" \
                -- "$cur")
            compopt -o nospace
            ;;
    esac
}
complete -F _nsearch nsearch
