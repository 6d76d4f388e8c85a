"""What a process and those that it started hold in memory."""

from pathlib import Path


def held_by(process: int) -> int:
    """Bytes resident of a process and all below it; of Linux alone."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(fields[1]), []).append(int(path.parent.name))
    total, waiting = 0, [process]
    while waiting:
        one = waiting.pop()
        waiting += below.get(one, [])
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * 4096
        except OSError:
            continue
    return total
