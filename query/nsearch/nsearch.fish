# fish completion for nsearch(1): options, fields and the archive's sources.
function __nsearch_words
    for field in headline byline caption body source section dateline lead hlead date since until wc
        echo $field:
    end
    for source in (nsearch --values source 2>/dev/null)
        echo "source:\"$source\""
    end
end

complete -c nsearch -f -a '(__nsearch_words)'
complete -c nsearch -s d -l archive -r -a '(__fish_complete_directories)' -d 'the archive'
complete -c nsearch -s n -l limit -x -d 'most hits'
complete -c nsearch -l offset -x -d 'pass over'
complete -c nsearch -l sort -x -a 'rank date -date words' -d 'order'
complete -c nsearch -l recent -d 'newer articles weigh more'
complete -c nsearch -s c -l count -d 'only count'
complete -c nsearch -s 1 -l one-line -d 'one line each'
complete -c nsearch -s l -l files -d 'files of the hits'
complete -c nsearch -s 0 -l null -d 'files, ended by NUL'
complete -c nsearch -s q -l quiet -d 'only the exit status'
complete -c nsearch -l format -x -a 'text json jsonl csv tsv rss atom ris bibtex html' -d 'how to print'
complete -c nsearch -l json -d 'print JSON'
complete -c nsearch -l format-version -x -d 'version wanted'
complete -c nsearch -l fields -x -d 'columns of csv and tsv'
complete -c nsearch -l facet -x -a 'source byline section year month' -d 'count by'
complete -c nsearch -l kwic -d 'every match in its line'
complete -c nsearch -l snippet -x -d 'length of a passage'
complete -c nsearch -l explain -d 'how it was understood'
complete -c nsearch -l explain-score -d 'what a score is made of'
complete -c nsearch -l exhaustive -d 'score every match, without short cuts'
complete -c nsearch -l timing -d 'say how long each step took'
complete -c nsearch -l time-limit -x -d 'stop after milliseconds'
complete -c nsearch -s e -l query -x -d 'a query'
complete -c nsearch -s f -l query-file -r -F -d 'query from a file'
complete -c nsearch -l color -x -a 'auto always never' -d 'colour'
complete -c nsearch -l no-links -d 'no links'
complete -c nsearch -l no-pager -d 'no pager'
complete -c nsearch -l values -x -a 'source byline section year month' -d 'values of a facet'
complete -c nsearch -s h -l help -d 'help'
complete -c nsearch -s V -l version -d 'version'
