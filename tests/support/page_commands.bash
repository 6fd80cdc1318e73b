# page_commands.bash - the examples of a manual page, run as they stand there.
#
# An example is a literal display.  A line "$ COMMAND" is what a person types,
# "> ..." goes on with it, and all other lines are what the programs say.
# shellcheck shell=bash

# page_examples PAGE - its literal displays as a reader sees them.
page_examples() {
    awk '/^\.Bd -literal/ { inside = 1; next }
         /^\.Ed/ { inside = 0 }
         inside {
             gsub(/\\e/, "\\")
             gsub(/\\\(aq/, "\047")
             gsub(/\\&/, "")
             gsub(/\\[(]\^o/, "ô")
             gsub(/\\-/, "-")
             print
         }' "$1"
}

# page_run - run the commands of the displays on stdin, in one shell in this
# folder, and print the displays as they come out.
page_run() {
    awk '
        function quote(text) {
            gsub(/\047/, "\047\\\047\047", text)
            return "\047" text "\047"
        }
        function flush() {
            if (command != "")
                printf "printf \"%%s\" %s\n%s\n", quote(shown), command
            command = ""
        }
        /^\$ / {
            flush()
            command = substr($0, 3)
            shown = $0 "\n"
            next
        }
        /^>/ && command != "" {
            shown = shown $0 "\n"
            sub(/^> ?/, "")
            command = command "\n" $0
            next
        }
        { flush() }
        END { flush() }' >"${TMPDIR:-/tmp}/commands.$$"
    bash "${TMPDIR:-/tmp}/commands.$$" 2>&1
    rm "${TMPDIR:-/tmp}/commands.$$"
}
