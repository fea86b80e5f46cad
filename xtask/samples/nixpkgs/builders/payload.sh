# A package that a cache has: half of it compresses well, half does not.
. "$common"
install_outputs
first=${outputs%% *}
for output in $outputs; do
  eval "path=\$$output"
  size=$((kib / 4))
  [ "$output" = "$first" ] || size=$((size / 8 + 1))
  head -c "${size}k" /dev/urandom > "$path/share/data"
  head -c "${size}k" /dev/zero >> "$path/share/data"
done
