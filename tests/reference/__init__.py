"""The slow twin of the model: MODEL.md once more, in plain Python, one person after the other.

Written from MODEL.md alone, without a look at the kernels, so that two readings of the page must give the
same numbers. It imports nothing of `sim`; it only reads the two records in `sim/data` (`records`). `draws` is
section 4 of the page, `state` its section 2, `start` its section 5, `support` its section 6, `month` its section 3;
section 7 is in `moving`, `organising`, `meeting`, `beginning`, `tying`, `receiving` and `living`. Names are the
symbols of the page. `World.acted` counts how often each rule acted.
"""

from reference.month import SECTIONS, step
from reference.start import start
from reference.state import Host, Person, Place, Shocks, Tie, World
from reference.support import levels, shocks

__all__ = [
    "SECTIONS",
    "Host",
    "Person",
    "Place",
    "Shocks",
    "Tie",
    "World",
    "levels",
    "shocks",
    "start",
    "step",
]
