# A file made from the configuration.
. "$common"
echo "$name $deps" > "$out"
