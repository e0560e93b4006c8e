"""R22: an online place with design and story, beside the real one."""

from __future__ import annotations

from experiments.statements.arms import levels
from experiments.statements.findings import Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement


def measure(lab: Lab) -> list[Finding]:
    """Open an online hub; without a story; with real places to meet beside it."""
    plain, online, dull = levels(story=1), levels(virtual_hub=20), levels(story=0)
    real = levels(hub=4, greeting=1, guides_city=4, guides_local=4)
    base, virtual, place, both = lab.run(plain, plain | online, plain | real, plain | real | online)
    empty, reach = lab.run(dull, dull | online)
    tied = base.total("ties_online")
    gain = percent(virtual.total("ties_online"), tied)
    without = percent(reach.total("ties_online"), empty.total("ties_online"))
    start, afar, near, together = (r.total("turned", first=13) for r in (base, virtual, place, both))
    surplus = together - afar - near + start
    return [
        up("オンラインの場による、訪れない支え手の増加", "supporters from afar with an online hub", gain, "%"),
        down("同じく、訪問の増加は4分の1に届かない", "the same, visits, less a quarter of the growth in supporters", percent(virtual.total("visits"), base.total("visits")) - gain / 4.0, "%"),
        up("実際の場と組み合わせたときの、訪れるようになる人の相乗効果", "people who turn to visiting: with real places, beyond the sum of each", 100.0 * surplus / start.mean(), "%"),
        down("物語のないオンラインの場の効き目（1割に届かない）", "gain of an online hub without a story, less a tenth of that with one", without - gain / 10.0, "%"),
    ]  # fmt: skip


R22 = Statement(
    id="R22",
    slug="online_places_tell_a_story",
    ja="オンラインの場は、見せ方と物語があってはじめて届き、実際の場と組むと生きる。",
    en="An online place reaches people by its design and story, and comes into its own beside a real one.",
    mechanisms=("online", "encounter", "deepening"),
    levers=("virtual_hub", "story"),
    off={"online.best": 0.0, "online.story": 0.0, "online.keeping": 0.0},
    metric_ja="訪れない支え手、訪れるようになる人",
    metric_en="supporters from afar, people who turn to visiting",
    measure=measure,
)
