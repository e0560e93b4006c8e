"""All families of predictions, and what no survey may ask of the model."""

from __future__ import annotations

from experiments.predictions.agreement import AGREEMENT
from experiments.predictions.days import DAYS
from experiments.predictions.flows import FLOWS
from experiments.predictions.help import HELP
from experiments.predictions.moves import MOVES
from experiments.predictions.record import Asked, Family, Quantity, Seen, Words
from experiments.predictions.residence import RESIDENCE
from experiments.predictions.survival import SURVIVAL
from experiments.predictions.travel import TRAVEL

FAMILIES: tuple[Family, ...] = (RESIDENCE, FLOWS, TRAVEL, DAYS, SURVIVAL, MOVES, HELP, AGREEMENT)

CANNOT = (
    Words("年齢・性別・職業・所得・世帯ごとの値（人にその属性がない）", "anything by age, sex, occupation, income or household: people have none"),
    Words("季節・月・曜日ごとの値、宿泊数、滞在の長さ（1か月が1歩で、1回の訪問を1日と数える）", "seasons, weekdays, nights or length of stay: a step is a month, a visit is a day"),
    Words("使った金額、交通手段、宿泊先、訪問の目的の内訳", "money spent, means of transport, lodging, purposes of a visit beyond the types of tie"),
    Words("これから関わりたいという意向や、移住の希望（行動だけがある）", "intentions and wishes: the model has deeds only"),
    Words("関わりによらない移住、転出、出生、死亡", "moves for other reasons, out-moves, births and deaths"),
    Words("同じ市町村の中の関わり、海外に住む人の関わり、4か所目からの関わり", "ties within one's own municipality, of people abroad, and beyond a third place"),
    Words("ある町の名前を挙げた予測（地域の名は、その大きさと位置の地域という意味）", "a named town: a name stands for a place of that size and position"),
)  # fmt: skip
"""What the model has no quantity for."""


def quantities(asked: Asked) -> list[Quantity]:
    """Return all quantities, for what is asked."""
    return [quantity for family in FAMILIES for quantity in family.quantities(asked)]


def measure(seen: Seen, asked: Asked) -> dict[str, float]:
    """Return the values of all quantities in the runs of one member."""
    return {name: value for family in FAMILIES for name, value in family.measure(seen, asked).items()}
