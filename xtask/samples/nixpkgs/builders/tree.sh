# A tree of links, such as system-path.
. "$common"
sleep "$seconds"
install_outputs
