# fish completion for PROGRAM(1), as PROGRAM --completion fish prints it.

# The words before the cursor: prints the command, or with --archive the folder
# of the archive, if they say so.
function __PROGRAM_look
    set -l words (commandline -opc)
    set -l option
    for word in $words[2..-1]
        if set -q option[1]
            if contains -- $option -d --archive
                set -f archive $word
            end
            set -e option
        else if contains -- $word $__PROGRAM_valued
            set option $word
        else if string match -q -- '--archive=*' $word
            set -f archive (string replace -- --archive= '' $word)
        else if not string match -q -- '-?*' $word; and not set -q command
            set -f command (__PROGRAM_command $word)
        end
    end
    if set -q argv[1]
        echo $archive
    else
        echo $command
    end
end

# Is the command one of these?  It is '' while there is none.
function __PROGRAM_for
    set -l command (__PROGRAM_look)
    contains -- "$command" $argv
end
QUERY
TABLES
