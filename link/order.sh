#!/bin/sh
# Writes link/first.ld anew: which functions a start and a game run through, for the linker to put
# next to each other (build.rs says why). Worth doing after much has changed; a list that is a little
# old costs little.
#
#     cargo build --release && link/order.sh
#
# Needs valgrind, binutils, and somebody who plays for a minute.
set -eu
bot=${1:-target/release/heat-check}
list=$(dirname "$0")/first.ld
port=8429
work=$(mktemp -d)

"$bot" sandbox --no-bot --port $port >"$work/sandbox" 2>&1 &
sandbox=$! pid=
trap 'kill $sandbox $pid 2>/dev/null || true; rm -rf "$work"' EXIT
until grep -q Open "$work/sandbox"; do sleep 1; done

# Runs the bot and writes down what it runs through, until $2 has come back.
watch() {
    DISCORD_TOKEN=sandbox-token DISCORD_API_URL=http://127.0.0.1:$port \
        DATABASE_URL="sqlite://$work/heat-check.db" \
        valgrind --tool=callgrind --callgrind-out-file="$work/$1" --demangle=no "$bot" run \
        >"$work/log" 2>&1 &
    pid=$!
    until grep -q commands.registered "$work/log"; do sleep 1; done
    $2
    kill $pid
    wait $pid || true
}

play() {
    echo "At http://127.0.0.1:$port/ play a game to its end and use the commands; then press Enter."
    read -r _
}

watch new true # makes the database
watch start true
watch game play

# A function's name ends in a hash that every compiler makes anew, so a star stands for that. A name may
# then stand for many functions, of which few are run; it is left out where those would be larger than
# the 64 KiB that Linux maps around each one that is.
{
    nm -S --defined-only "$bot" | sed 's/^/symbol /'
    sed -n 's/^c*fn=([0-9]*) \(.*\)/start \1/p' "$work/start"
    sed -n 's/^c*fn=([0-9]*) \(.*\)/game \1/p' "$work/game"
} | awk '
    function pattern(name) {
        gsub(/17h[0-9a-f]+E/, "17h*E", name)
        gsub(/Cs[0-9A-Za-z]+_/, "Cs*_", name)
        return name
    }
    function hex(digits,    value, i) {
        for (i = 1; i <= length(digits); i++)
            value = value * 16 + index("0123456789abcdef", substr(digits, i, 1)) - 1
        return value
    }
    $1 == "symbol" && NF == 5 && $4 ~ /[tTwW]/ && !($2 in seen) {
        seen[$2]
        size[$5] += hex($3)
        all[pattern($5)] += hex($3)
    }
    $1 != "symbol" {
        sub(/\047[0-9]+$/, "", $2) # a turn of a recursion
        if (!($2 in size)) next
        p = pattern($2)
        if (!($2 in counted)) { counted[$2]; run[p] += size[$2]; many[p]++ }
        if ($1 == "start") first[p]
    }
    END {
        for (p in run)
            if (all[p] - run[p] < many[p] * 64 * 1024)
                print (p in first ? 1 : 2), p
    }' | LC_ALL=C sort >"$work/names"

{
    echo '/* Written by link/order.sh. First what a start runs through, then what a game does beyond. */'
    echo 'SECTIONS { .text.first : {'
    for group in 1 2; do
        echo '*('
        # Some have a word before their name. A star for it would take GNU's linker many minutes.
        sed -n "s/^$group \(.*\)/.text.\1\n.text.unlikely.\1/p" "$work/names"
        echo ')'
    done
    echo '} } INSERT BEFORE .text;'
} >"$list"
echo "$(wc -l <"$work/names") names in $list"
