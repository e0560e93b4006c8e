"""What is asked: places, the baseline, measures and the files that people edit."""

from scenarios.dump import dump as dump
from scenarios.loader import load as load
from scenarios.loader import names as names
from scenarios.places import load_places as load_places
