"""Kakawari's model: people, ties, hosts and places, month by month. Start reading at `sim.loop`."""

from sim.errors import InputError as InputError
from sim.outcome import Outcome as Outcome
from sim.run import run as run
from sim.scenario import Measure as Measure
from sim.scenario import Scenario as Scenario
