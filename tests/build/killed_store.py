"""Run by test_store: write tables again and again, each time killed one file-system event later."""

import hashlib
import json
import os
import signal
import sys
import warnings
from pathlib import Path

import pandas as pd

from sdsf_analysis.build import store
from sdsf_analysis.paths import Folders


def frames(mark):
    return {name: pd.DataFrame({"mark": [mark] * 50}) for name in ("ctg", "offer", "ledger")}


def state(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def in_child(work):
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def die_at(rank, root):
    seen = 0

    def count(event, arguments):
        nonlocal seen
        is_ours = any(str(root) in str(one) for one in arguments) or event.startswith("ctypes.")
        if is_ours:
            seen += 1
            if seen == rank:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def main(root, can_exchange):
    folders = Folders(Path(root))
    if not can_exchange:
        store._exchange = lambda one, two: False

    def write(mark, rank=0):
        if rank:
            die_at(rank, root)
        store.write_tables(frames(mark), {"mark": mark}, folders.processed)

    in_child(lambda: write("new"))
    after = state(folders.tables)
    in_child(lambda: write("old"))
    before = state(folders.tables)
    names = {json.dumps(before): "old", json.dumps(after): "new"}
    answers = []
    for rank in range(1, 200):
        was_killed = in_child(lambda rank=rank: write("new", rank))
        answers.append((was_killed, names.get(json.dumps(state(folders.tables)), "broken")))
        in_child(lambda: write("old"))
        answers.append((False, names.get(json.dumps(state(folders.processed)), "broken") + " again"))
        if not was_killed:
            break
    print(json.dumps(answers))


if __name__ == "__main__":
    # the children end by a kill: no thread of the parent is waited for
    warnings.simplefilter("ignore")
    main(sys.argv[1], sys.argv[2] == "exchange")
