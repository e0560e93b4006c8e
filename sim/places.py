"""Places: the columns of a country, a region or a workshop's own table.

The same code runs 47 prefectures, 1,741 municipalities or five villages. Loading and checking tables
is the work of `scenarios.places`; here is what a table becomes, and how far apart its places are.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, fields

import numpy as np

from sim.arrays import F32, F64, I64
from sim.jit import kernel

EARTH_KM = 6371.0088


@dataclass(frozen=True, eq=False)
class Places:
    """Read-only columns over R places.

    Attributes:
        name: Name of the table, e.g. "prefectures".
        code: Unique code of each place (R,).
        name_ja: Japanese name (R,).
        name_en: English name (R,).
        metro: 1 where the place belongs to one of the three metropolitan areas (R,).
        adults: Adults, Japanese nationals 18+ (R,).
        area_km2: Land area (R,).
        lat: Latitude in degrees (R,).
        lon: Longitude in degrees (R,).
        inner_km: Mean distance between two residents' towns inside the place; 0 where the place is
            one daily living area, which its own residents then cannot choose as a destination (R,).
    """

    name: str
    code: tuple[str, ...]
    name_ja: tuple[str, ...]
    name_en: tuple[str, ...]
    metro: I64
    adults: I64
    area_km2: F64
    lat: F64
    lon: F64
    inner_km: F64

    def __len__(self) -> int:
        return len(self.code)

    @property
    def digest(self) -> str:
        """SHA-256 over all columns; the table's name does not count."""
        sha = hashlib.sha256()
        for field in fields(self)[1:]:
            value = getattr(self, field.name)
            sha.update(value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
        return sha.hexdigest()


@kernel
def fill_distances(lo: int, hi: int, lat: F64, lon: F64, km: F64) -> None:
    """Fill great-circle distances from places [lo, hi) to all, positions in radians (haversine)."""
    for i in range(lo, hi):
        for j in range(len(lat)):
            a = math.sin((lat[i] - lat[j]) / 2.0)
            b = math.sin((lon[i] - lon[j]) / 2.0)
            half = a * a + math.cos(lat[i]) * math.cos(lat[j]) * b * b
            km[i, j] = 2.0 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))


def distance_km(places: Places) -> F64:
    """Return great-circle distances (R, R) in km; the diagonal holds `inner_km`."""
    km = np.zeros((len(places), len(places)))
    fill_distances(0, len(places), np.radians(places.lat), np.radians(places.lon), km)
    np.fill_diagonal(km, places.inner_km)
    return km


def travel_hours(km: F64) -> F64:
    """Return one-way door-to-door hours for distances in km: the fastest of road, rail and air.

    Road: 15 minutes plus the distance with 30% detours at 60 km/h. Rail: 1 hour to and from stations
    plus 25% detours at 190 km/h. Air: 3.2 hours to and from airports plus 650 km/h. Road wins up to
    about 50 km, rail up to about 440 km, air beyond (MODEL.md 6.2; assumed, checked against timetables
    of a few pairs in the tests).
    """
    road = 0.25 + 1.3 * km / 60.0
    rail = 1.0 + 1.25 * km / 190.0
    air = 3.2 + km / 650.0
    return np.minimum(np.minimum(road, rail), air)


def travel_matrix(places: Places) -> F32:
    """Return one-way hours between all places (R, R), home in the first index."""
    return travel_hours(distance_km(places)).astype(np.float32)
