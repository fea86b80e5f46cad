"""Brings the loopback interface up and gives it a second address: without one that is
not 127.0.0.1, Nix thinks that there is no network and asks no cache."""
import fcntl
import socket
import struct

SIOCSIFADDR, SIOCSIFFLAGS, IFF_UP = 0x8916, 0x8914, 1
control = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh", b"lo", IFF_UP))
address = struct.pack("16sH2s4s8x", b"lo:1", socket.AF_INET, b"\0\0", socket.inet_aton("10.0.2.15"))
fcntl.ioctl(control, SIOCSIFADDR, address)
