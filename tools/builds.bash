# builds.bash - what is built in build/, each in a folder of its name; sourced
# by the tools that build it.
#
#   gcc, clang   with AddressSanitizer and UndefinedBehaviorSanitizer
#   release      gcc, as the programs are shipped
#   test         clang, nothing optimised or sanitized: built soonest
#
# Whoever sources it has `top`, the project's folder, and `build`, which is
# build/ in it.
# shellcheck shell=bash disable=SC2154
unset CFLAGS CPPFLAGS LDFLAGS

# configure NAME - make build/NAME ready to build.  What cmake said is in
# build/NAME.log, and shown if it fails.
configure() {
    local compiler options=(-DWERROR=ON)
    case $1 in
    # Lines are all that a sanitizer's report needs.
    gcc | clang)
        compiler=$1 options+=(-DSANITIZE=ON -DCMAKE_C_FLAGS_DEBUG=-g1)
        ;;
    release) compiler=gcc ;;
    test) compiler=clang options+=(-DCMAKE_BUILD_TYPE=Debug) ;;
    esac
    mkdir -p "$build"
    CC=$compiler cmake -S "$top" -B "$build/$1" -G Ninja "${options[@]}" \
        >"$build/$1.log" 2>&1 && return 0
    cat "$build/$1.log" >&2
    return 1
}
