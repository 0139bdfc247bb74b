"""What a child of this process comes to, which is forked from it in the midst of everything."""

import os
from collections.abc import Callable
from contextlib import closing
from multiprocessing import Pipe

PATIENCE_SECONDS = 60


def in_child(act: Callable[[], object], *, meanwhile: Callable[[], object] = lambda: None) -> str:
    """What *act* answers there, or the error that it ends with, as it is printed; *meanwhile* this is done here."""
    here, there = Pipe(duplex=False)
    child = os.fork()
    if child == 0:
        try:
            told = repr(act())
        except BaseException as error:
            told = f"{type(error).__name__}: {error}"
        there.send(told)
        os._exit(0)
    there.close()
    meanwhile()
    with closing(here):
        told = str(here.recv()) if here.poll(PATIENCE_SECONDS) else "it hangs"
    if told == "it hangs":
        os.kill(child, 9)
    os.waitpid(child, 0)
    return told
