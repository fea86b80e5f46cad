"""Puts the arrival time in front of each line of standard input, as ts '%FT%T%z' or journalctl does.

The clock starts at the time that is given and runs as the real one does."""
import datetime
import sys

start = datetime.datetime.strptime(sys.argv[1], "%Y-%m-%dT%H:%M:%S%z")
prefix = " " + sys.argv[2] if len(sys.argv) > 2 else ""
offset = start - datetime.datetime.now(datetime.timezone.utc)
for line in sys.stdin.buffer:
    now = (datetime.datetime.now(datetime.timezone.utc) + offset).astimezone(start.tzinfo)
    sys.stdout.buffer.write((now.strftime("%Y-%m-%dT%H:%M:%S%z") + prefix + " ").encode() + line)
    sys.stdout.buffer.flush()
