
# The last word of a query: a field, or a value of it that the archive has.
function __PROGRAM_query
    set -l typed (commandline -ct | string replace -r -- '^--[a-z-]+=' '')
    set -l text (string unescape -- $typed; or string replace -r '^["\']' '' -- $typed)
    # Behind the last blank or parenthesis that is in no phrase.
    set -l before (string match -r -- '^(?:[^"]|"[^"]*")*[ (]' "$text")
    set -l last (string sub -s (math (string length -- "$before") + 1) -- "$text")
    set -l name (string match -r -- '^[^:]*(?=:)' $last)
    if not set -q name[1]
        __PROGRAM_fields | string replace -r -- '^' "$before"
        return
    end
    set -l archive (__PROGRAM_look --archive)
    set -q archive[1]; and set -p archive -d
    set -l facet (__PROGRAM_facet (string lower -- $name))
    set -q facet[1]; or return
    set -l key (string replace -r -- '^[^:]*:"?' '' $last)
    set -l values (PROGRAM $archive --values $facet 2>/dev/null |
        string replace -a '"' ' ' |
        string match -ri -- '^'(string escape --style=regex -- "$key")'.*')
    set -q values[1]; or return
    # The case does not matter, but fish wants that of what is typed.  What is
    # no plain word is put in quotes.
    set values "$key"(string sub -s (math (string length -- "$key") + 1) -- $values)
    printf '%s\n' "$before$name:"(string replace -r -- '^.*[^\pL\pN.-].*$' '"$0"' $values)
end
