# An initial ram disk.
. "$common"
echo "copying needed libraries..."
echo "testing patched programs..."
sleep 3
echo "building initrd..."
sleep 2
install_outputs
