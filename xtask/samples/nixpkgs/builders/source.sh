# A source with a hash that is known in advance.
. "$common"
echo
echo "trying $url"
sleep 1
echo "$content" > "$out"
