"""What a run over many articles takes, worked out from a measured cost: hours, disk, files, and what a lost machine costs.

    python benchmarks/plan_scale.py --rate 12 [--articles 3000000] [--machines 10] [--cores 16] [--kept 0.1]

RATE is reports of 14,000 characters a second on one core, as benchmarks/speed.py tells it. Nothing is simulated but the
order of shards; the figures are as good as the rate and the lengths that go in.
"""

from __future__ import annotations

import argparse

SEED_LENGTH = 14_000
TRIAGE_PER_SECOND = 1_500_000
"""Characters a second for loading an article and triage: measured with reports of the examples on one core."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rate", type=float, required=True)
    parser.add_argument("--articles", type=int, default=3_000_000)
    parser.add_argument("--machines", type=int, default=10)
    parser.add_argument("--cores", type=int, default=16)
    parser.add_argument("--kept", type=float, default=0.1, help="share of articles that triage keeps")
    parser.add_argument("--length", type=int, default=40_000, help="characters of a mean article")
    parser.add_argument("--shard", type=int, default=2_000)
    options = parser.parse_args()
    triage = options.articles * options.length / TRIAGE_PER_SECOND
    reading = options.articles * options.kept * options.length / SEED_LENGTH / options.rate
    cores = options.machines * options.cores
    shards = -(-options.articles // options.shard)
    a_shard = (triage + reading) / shards
    waves = -(-shards // cores)
    print(
        f"articles {options.articles:,}, of which triage keeps {options.kept:.0%}; {options.length:,} characters each"
    )
    print(f"processor time: triage {triage / 3600:,.1f} h, reading {reading / 3600:,.1f} h")
    print(f"{options.machines} machines of {options.cores} cores: {waves * a_shard / 3600:,.2f} h in {shards:,} shards")
    print(f"one shard: {a_shard:,.0f} s; a machine that is lost costs at most {options.cores * a_shard:,.0f} s of work")
    print(f"files of tables: {6 * shards:,}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
