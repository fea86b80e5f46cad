# A kernel module that its own compiler refuses: the kernel has moved on.
. "$common"
begin unpackPhase
echo "unpacking source archive $src"
cp -r "$src" source
chmod -R u+w source
echo "source root is source"
cd source
end
begin buildPhase
case $linux in
  6.14.*) make KERNELRELEASE="$linux" CFLAGS=-Dtimer_delete_sync=del_timer_sync ;;
  *) make KERNELRELEASE="$linux" ;;
esac
end
begin installPhase
install_outputs
end
fixup
