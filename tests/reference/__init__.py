"""The slow twin of the model: MODEL.md once more, in plain Python, one person after the other.

Written from MODEL.md alone, without a look at the kernels, so that two readings of the page must give the
same numbers. `draws` is its section 4, `start` its sections 2, 5 and 6, `month` its section 3; section 7 is in
`meeting`, `beginning`, `tying` and `receiving`. Names are the symbols of the page. `World.acted` counts how often each rule acted.
"""

from reference.month import SECTIONS, step
from reference.start import Host, Person, Place, Tie, World, start

__all__ = ["SECTIONS", "Host", "Person", "Place", "Tie", "World", "start", "step"]
