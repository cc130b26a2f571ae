"""What a run over many articles takes, worked out from a measured cost: hours, disk, files, and what a lost machine costs.

    python benchmarks/plan_scale.py --rate 10 [--articles 3000000] [--machines 10] [--cores 16] [--cases 0.06] [--through 0.024]

RATE is reports of 14,000 characters a second on one core, as benchmarks/speed.py tells it; --through is the share of other articles
that triage lets through, as benchmarks/triage.py tells it. Nothing is simulated but the order of shards; the figures are as good as
what goes in.
"""

from __future__ import annotations

import argparse

SEED_LENGTH = 14_000
OPENING = 2_900_000
"""Characters a second for opening an article (JATS) and triage, on one core: 127 articles of 55,478 characters, 2026-11-21."""
ROWS = 14_500
"""Bytes of Parquet for a report of 14,000 characters: a lake of 24 reports of 9,990 characters, 2026-11-21."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rate", type=float, required=True)
    parser.add_argument("--articles", type=int, default=3_000_000)
    parser.add_argument("--machines", type=int, default=10)
    parser.add_argument("--cores", type=int, default=16)
    parser.add_argument("--cases", type=float, default=0.06, help="share of articles that are case reports")
    parser.add_argument("--through", type=float, default=0.024, help="share of the others that triage lets through")
    parser.add_argument("--length", type=int, default=40_000, help="characters of a mean article")
    parser.add_argument("--shard", type=int, default=2_000)
    options = parser.parse_args()
    kept = options.cases + (1 - options.cases) * options.through
    opening = options.articles * options.length / OPENING
    read = options.articles * kept * options.length / SEED_LENGTH
    reading = read / options.rate
    cores = options.machines * options.cores
    shards = -(-options.articles // options.shard)
    a_shard = (opening + reading) / shards
    waves = -(-shards // cores)
    print(f"articles {options.articles:,} of {options.length:,} characters; triage keeps {kept:.1%} of them")
    print(f"processor time: opening and triage {opening / 3600:,.1f} h, reading {reading / 3600:,.1f} h")
    print(f"{options.machines} machines of {options.cores} cores: {waves * a_shard / 3600:,.2f} h in {shards:,} shards")
    print(f"one shard: {a_shard:,.0f} s; a machine that is lost costs at most {options.cores * a_shard:,.0f} s of work")
    print(f"files of tables: {6 * shards:,}, together about {read * ROWS / 1e9:,.0f} GB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
