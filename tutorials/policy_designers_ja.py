# %% [markdown]
# # 政策を考える人のための関わり（Kakawari）
#
# 「拠点を置くか、迎える人の負担を分けるか」。取組を試し、費用と効果を比べ、限界まで確かめる一巡り。
# この大きさなら、どのマスも数秒で終わる。印刷する数字を出すときは、最初のマスの数を大きくする。

# %%
# ruff: noqa: B018, D100 - 名前だけの行は、ノートブックでその中身を見せる
from scenarios.loader import dump, load, read
from viz.notebook import ask
from viz.numbers import yen

PERSONS_PER_AGENT = 5_000
MONTHS = 120
REPLICATES = 8
SIZE = {"persons_per_agent": PERSONS_PER_AGENT, "months": MONTHS, "replicates": REPLICATES, "lang": "ja"}

# %% [markdown]
# ## 1. いまのままだと、どうなるか

# %%
today = ask("baseline", **SIZE)
today

# %% [markdown]
# ## 2. 自分の案を書く
#
# シナリオは「いま」との違いだけを書いた小さなファイル。量は、いまの水準に足す分。綴りを間違えると、近い名前を教えてくれる。

# %%
PLAN = """
name: share-the-load
title: {ja: 拠点と分担, en: A hub and shared hosting}
base: baseline
measures:
  - {lever: hub, amount: 0.5, from: 13}
  - {lever: coordination, amount: 0.6, from: 13}
"""
plan = read(PLAN, "share-the-load.yaml")
print(dump(plan))

# %% [markdown]
# ## 3. 同じ運で比べる
#
# いまのままと自分の案を、同じ乱数（運）で何回も動かし、回ごとに差をとる。区間が0をまたぐときは「変わるとは言えない」と読む。

# %%
answer = ask("baseline", plan, **SIZE)
answer

# %%
answer.plot("ties")

# %% [markdown]
# ## 4. 迎える人は大丈夫か
#
# 人を呼ぶだけの案は、迎える人を疲れさせることがある。負担の図を必ず見る。

# %%
answer.plot("load")

# %% [markdown]
# ## 5. 費用に見合うか
#
# 増えた「3年続く関わり」1件あたりの追加費用。「―」は、まだ0と区別できないという意味。

# %%
rows = answer.results.comparison.set_index("indicator")
extra = rows.loc["extra_yen_per_extra_lasting_tie"]
print(
    f"1件あたり {yen(extra['difference'], 'ja')}（90%区間 {yen(extra['low'], 'ja')}〜{yen(extra['high'], 'ja')}）"
)

# %% [markdown]
# ## 6. 言えないこと
#
# 多くの設定値は仮に置いたもので、特定の町の予測ではない。同じ前提のもとで取組を比べるためのもの。
# 画面で動かすには `make dash`、印刷する報告書は `kakawari compare` と `kakawari report --pdf`。

# %%
print(load("care").question_ja)
