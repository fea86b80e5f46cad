# A kernel module that is built for one kernel.
. "$common"
begin unpackPhase
echo "unpacking source archive NVIDIA-Linux-x86_64.run"
end
begin buildPhase
for part in nvidia/nv nvidia/nv-acpi nvidia/nv-cray nvidia/nv-dma nvidia/nv-i2c nvidia/nv-mmap nvidia/nv-p2p nvidia/nv-pat \
  nvidia/nv-procfs nvidia/nv-usermap nvidia/nv-vm nvidia/nv-vtophys nvidia/os-interface nvidia/os-mlock nvidia/os-pci \
  nvidia/os-registry nvidia/os-usermap nvidia-modeset/nvidia-modeset-linux nvidia-drm/nvidia-drm nvidia-drm/nvidia-drm-drv \
  nvidia-drm/nvidia-drm-crtc nvidia-drm/nvidia-drm-encoder nvidia-drm/nvidia-drm-connector nvidia-drm/nvidia-drm-gem \
  nvidia-uvm/uvm_common nvidia-uvm/uvm_linux nvidia-uvm/uvm_gpu nvidia-uvm/uvm_va_space nvidia-uvm/uvm_va_block \
  nvidia-uvm/uvm_migrate nvidia-uvm/uvm_mmu nvidia-peermem/nvidia-peermem; do
  echo "  CC [M]  $part.o"
  sleep "$pace"
done
for module in nvidia nvidia-modeset nvidia-drm nvidia-uvm nvidia-peermem; do
  echo "  LD [M]  $module.ko"
  sleep "$pace"
done
end
begin installPhase
install_outputs
end
fixup
